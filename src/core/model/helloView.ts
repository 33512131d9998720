/** What one Sentinel last heard of another one: an entry of its reply to SENTINEL SENTINELS. */
export interface HelloView {
  readonly host: string;
  readonly port: number;
  /** How long before the reply the last hello message came, in milliseconds. */
  readonly heardBefore: number;
}

/** Reads the reply as RESP2 gives it: one flat list (name, value, name, value …) a Sentinel. What tells of no hello is left out. */
export function readHelloViews(reply: unknown): readonly HelloView[] {
  if (!Array.isArray(reply)) return [];
  return reply.flatMap((entry: unknown) => {
    if (!Array.isArray(entry)) return [];
    const fields = new Map<string, string>();
    for (let at = 0; at + 1 < entry.length; at += 2) fields.set(String(entry[at]), String(entry[at + 1]));
    const heardBefore = Number(fields.get('last-hello-message') ?? NaN);
    return Number.isNaN(heardBefore)
      ? []
      : [{ host: fields.get('ip') ?? '', port: Number(fields.get('port') ?? 0), heardBefore }];
  });
}
