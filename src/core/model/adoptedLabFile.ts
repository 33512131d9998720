import type { Adoption } from '../conf/adoptConfs';

/** Where lab.json finds the files of an adopted node: from the lab's folder with forward slashes, or whole paths. */
export interface AdoptedPaths {
  readonly conf: string;
  /** Undefined: the conf names no log file, and the lab keeps what the server prints in the usual place. */
  readonly log: string | undefined;
}

/** The text of the lab.json that points to existing confs. What the confs say themselves, such as a password, is not repeated. */
export function writeAdoptedLabFile(
  { nodes, watch }: Adoption,
  options: { readonly name: string; readonly paths: ReadonlyMap<string, AdoptedPaths> },
): string {
  const list = (kind: 'server' | 'sentinel'): readonly string[] =>
    nodes
      .filter(({ conf }) => conf.kind === kind)
      .map(({ conf, name, replicaOf }) => {
        const paths = options.paths.get(name);
        const entry = { port: conf.port.value, replicaOf, conf: paths?.conf, log: paths?.log };
        return `    { ${Object.entries(entry)
          .filter(([, value]) => value !== undefined)
          .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
          .join(', ')} }`;
      });
  const sentinels = list('sentinel');
  const fields = { name: options.name, ...watch };
  const lines = [
    ...Object.entries(fields).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    `  "servers": [\n${list('server').join(',\n')}\n  ]`,
    ...(sentinels.length > 0 ? [`  "sentinels": [\n${sentinels.join(',\n')}\n  ]`] : []),
  ];
  return `{\n${lines.join(',\n')}\n}\n`;
}
