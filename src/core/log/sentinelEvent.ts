/** An instance in a Sentinel message: `master <name> <ip> <port>`, or `slave|sentinel <name> <ip> <port> @ <master> <ip> <port>`. */
export interface SentinelInstance {
  readonly type: 'master' | 'slave' | 'sentinel';
  readonly name: string;
  readonly ip: string;
  readonly port: number;
}

/** A Sentinel event as it is published and logged: the type is the channel, the text is the message (sentinel.c, `sentinelEvent`). */
export interface SentinelEvent {
  readonly type: string;
  readonly text: string;
  readonly instance: SentinelInstance | undefined;
  /** The master the event is about: the instance itself, or the part behind `@`. */
  readonly masterName: string | undefined;
  /** Only `+switch-master`: where the master was and where it is now. */
  readonly moved: { readonly fromPort: number; readonly toIp: string; readonly toPort: number } | undefined;
  /** Only `+new-epoch` and `+vote-for-leader`. */
  readonly epoch: number | undefined;
}

/** Reads one Pub/Sub message of a Sentinel: `type` is the channel, `text` the payload. */
export function readSentinelEvent(type: string, text: string): SentinelEvent {
  const words = text.split(' ');
  if (type === '+switch-master') {
    const [masterName, , fromPort, toIp, toPort] = words;
    return {
      type,
      text,
      instance: undefined,
      masterName,
      moved: { fromPort: Number(fromPort), toIp: toIp ?? '', toPort: Number(toPort) },
      epoch: undefined,
    };
  }
  const instance = readInstance(words);
  const behindAt = words.indexOf('@');
  const masterName =
    instance?.type === 'master' ? instance.name : behindAt > 0 ? words[behindAt + 1] : undefined;
  const epoch =
    type === '+new-epoch' ? Number(words[0]) : type === '+vote-for-leader' ? Number(words[1]) : undefined;
  return { type, text, instance, masterName, moved: undefined, epoch };
}

function readInstance(words: readonly string[]): SentinelInstance | undefined {
  const [type, name, ip, port] = words;
  if ((type !== 'master' && type !== 'slave' && type !== 'sentinel') || !name || !ip || !port)
    return undefined;
  return { type, name, ip, port: Number(port) };
}
