import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { locateFinding, readJsonText, type FileProblem, type Finding } from '../jsonText';
import { listenPortOf } from '../network/listenPort';
import { majority, type Lab, type NodeSpec } from './lab';

/** The name of the file that makes a folder a lab. */
export const labFileName = 'lab.json';

/** One thing wrong with a lab.json. */
export type LabFileProblem = FileProblem;

export type LabFileResult = { readonly lab: Lab } | { readonly problems: readonly LabFileProblem[] };

/** Defaults for a lab: quick enough to watch a failover, slow enough to survive a busy laptop. */
export const labDefaults = {
  masterName: 'mymaster',
  downAfterMilliseconds: 5_000,
  failoverTimeout: 60_000,
  parallelSyncs: 1,
  port: 6379,
  sentinelPort: 26379,
} as const;

const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.number(() => l10n.t('must be a number')),
    v.integer(() => l10n.t('must be a whole number')),
    v.minValue(min, () => l10n.t('must be at least {0}', min)),
    v.maxValue(max, () => l10n.t('must be at most {0}', max)),
  );
const text = v.pipe(
  v.string(() => l10n.t('must be a text in quotes')),
  v.nonEmpty(() => l10n.t('must not be empty')),
  v.check(
    value => !/[\r\n\0]/.test(value),
    () => l10n.t('must be on one line'),
  ),
);
/** The characters Redis allows in a master name (sentinel.conf: "A-z 0-9 and the three characters .-_"). */
export const masterNamePattern = /^[A-Za-z0-9._-]+$/;
/** What a directive name looks like; a lab's `set` may not smuggle in a second line or a comment. */
const directiveName = /^[a-z][a-z0-9-]*$/;
const port = wholeNumber(1, 65_535);
const milliseconds = wholeNumber(1, 86_400_000);

const nodeFields = { port, server: v.optional(text), conf: v.optional(text), log: v.optional(text) };

const labSchema = v.strictObject({
  $schema: v.optional(v.string()),
  name: v.optional(text),
  masterName: v.optional(
    v.pipe(
      text,
      v.regex(masterNamePattern, () => l10n.t('may only have letters, digits and the characters . - _')),
    ),
  ),
  quorum: v.optional(wholeNumber(1, 1_000)),
  downAfterMilliseconds: v.optional(milliseconds),
  failoverTimeout: v.optional(milliseconds),
  parallelSyncs: v.optional(wholeNumber(1, 1_000)),
  server: v.optional(text),
  network: v.optional(v.boolean(() => l10n.t('must be true or false'))),
  servers: v.pipe(
    v.array(v.strictObject({ ...nodeFields, replicaOf: v.optional(port) })),
    v.minLength(1, () => l10n.t('needs at least one node')),
  ),
  sentinels: v.optional(v.array(v.strictObject(nodeFields))),
  set: v.optional(
    v.pipe(
      v.unknown(),
      // To valibot a list is a record, too.
      v.check(
        value => !Array.isArray(value),
        () => l10n.t('has the wrong type'),
      ),
      v.record(
        v.pipe(
          v.string(),
          v.regex(directiveName, () => l10n.t('is not the name of a directive')),
        ),
        text,
      ),
    ),
  ),
});

type LabFile = v.InferOutput<typeof labSchema>;

/**
 * Reads the text of a lab.json (comments and trailing commas allowed, as in VS Code's own settings).
 * `folderName` names the lab where the file does not. Gives every problem with its place, or the lab.
 */
export function readLabFile(fileText: string, folderName: string): LabFileResult {
  const json = readJsonText(fileText, () => l10n.t('A lab is an object in braces.'));
  if ('problem' in json) return { problems: [json.problem] };
  const checked = v.safeParse(labSchema, json.value);
  const findings = checked.success ? crossCheck(checked.output) : checked.issues.map(describeIssue);
  if (findings.length > 0) return { problems: findings.map(finding => locateFinding(json, finding)) };
  return { lab: toLab(checked.output as LabFile, folderName) };
}

function describeIssue(issue: v.BaseIssue<unknown>): Finding {
  const path = (issue.path ?? []).map(item => item.key as string | number);
  const name = path.join('.');
  if (issue.kind === 'schema' && issue.expected === 'never')
    return { path, message: l10n.t('"{0}" is not a property of a lab.', name) };
  if (issue.input === undefined) return { path, message: l10n.t('"{0}" is missing.', name) };
  // Valibot's own words are English; what our schema says itself is in the person's language.
  const own = issue.message.startsWith('Invalid ') ? l10n.t('has the wrong type') : issue.message;
  return {
    path,
    message: name === '' ? l10n.t('A lab is an object in braces.') : l10n.t('"{0}" {1}.', name, own),
  };
}

/** What a schema cannot say: how the nodes fit together. */
function crossCheck(file: LabFile): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  const sentinels = file.sentinels ?? [];
  const all = [
    ...file.servers.map((node, index) => ({ node, path: ['servers', index] })),
    ...sentinels.map((node, index) => ({ node, path: ['sentinels', index] })),
  ];
  for (const { node, path } of all) {
    if (seen.has(node.port))
      findings.push({
        path: [...path, 'port'],
        message: l10n.t('Port {0} is given to two nodes; each needs its own.', node.port),
      });
    seen.add(node.port);
  }
  if (file.network) findings.push(...checkNetwork(all));
  const ports = new Set(file.servers.map(node => node.port));
  for (const [index, node] of file.servers.entries()) {
    if (node.replicaOf === undefined) continue;
    const path = ['servers', index, 'replicaOf'];
    if (node.replicaOf === node.port)
      findings.push({ path, message: l10n.t('Node {0} cannot be a replica of itself.', node.port) });
    else if (!ports.has(node.replicaOf))
      findings.push({
        path,
        message: l10n.t('There is no node with port {0} in "servers".', node.replicaOf),
      });
    else if (reachesItself(file.servers, node.port))
      findings.push({
        path,
        message: l10n.t('Node {0} would replicate from itself in a circle.', node.port),
      });
  }
  const masters = file.servers.filter(node => node.replicaOf === undefined);
  if (masters.length !== 1) {
    const message = l10n.t(
      'A lab starts with exactly one master: one node in "servers" without "replicaOf". Here are {0}.',
      masters.length,
    );
    findings.push({ path: ['servers'], message });
  }
  if (file.quorum !== undefined && sentinels.length > 0 && file.quorum > sentinels.length) {
    const message = l10n.t(
      'The quorum is {0}, but there are only {1} Sentinels: they could never agree.',
      file.quorum,
      sentinels.length,
    );
    findings.push({ path: ['quorum'], message });
  }
  return findings;
}

/** In a lab with a network every node has a second port, and a conf that says so. */
function checkNetwork(
  all: readonly {
    readonly node: { readonly port: number; readonly conf?: string | undefined };
    readonly path: Finding['path'];
  }[],
): Finding[] {
  const taken = new Set(all.map(({ node }) => node.port));
  return all.flatMap(({ node, path }) => {
    const listenPort = listenPortOf(node.port);
    if (node.conf !== undefined)
      return [
        {
          path: [...path, 'conf'],
          message: l10n.t(
            'In a lab with a network the nodes listen on other ports than those by which they are known, so the lab writes their confs itself. Take out "conf", or "network".',
          ),
        },
      ];
    if (!taken.has(listenPort)) {
      taken.add(listenPort);
      return [];
    }
    return [
      {
        path: [...path, 'port'],
        message: l10n.t(
          'In a lab with a network node {0} listens on port {1}, which is given to another node. Choose other ports.',
          node.port,
          listenPort,
        ),
      },
    ];
  });
}

function reachesItself(servers: LabFile['servers'], start: number): boolean {
  const masterOf = new Map(servers.map(node => [node.port, node.replicaOf]));
  let at = masterOf.get(start);
  for (let steps = 0; at !== undefined && steps < servers.length; steps++) {
    if (at === start) return true;
    at = masterOf.get(at);
  }
  return false;
}

function toLab(file: LabFile, folderName: string): Lab {
  const sentinels = file.sentinels ?? [];
  return {
    // On some systems a folder can have a name of two lines; it is written into a comment of the confs.
    name: file.name ?? folderName.replace(/[\r\n]+/g, ' '),
    masterName: file.masterName ?? labDefaults.masterName,
    quorum: file.quorum ?? majority(sentinels.length),
    downAfterMilliseconds: file.downAfterMilliseconds ?? labDefaults.downAfterMilliseconds,
    failoverTimeout: file.failoverTimeout ?? labDefaults.failoverTimeout,
    parallelSyncs: file.parallelSyncs ?? labDefaults.parallelSyncs,
    server: file.server,
    settings: file.set ?? {},
    network: file.network ?? false,
    nodes: [
      ...file.servers.map(node => toNode('server', node, file.network)),
      ...sentinels.map(node => toNode('sentinel', node, file.network)),
    ],
  };
}

function toNode(
  kind: NodeSpec['kind'],
  fields: {
    readonly port: number;
    readonly replicaOf?: number | undefined;
    readonly server?: string | undefined;
    readonly conf?: string | undefined;
    readonly log?: string | undefined;
  },
  network: boolean | undefined,
): NodeSpec {
  const name = `${kind === 'server' ? 'redis' : 'sentinel'}-${fields.port}`;
  return {
    name,
    kind,
    port: fields.port,
    listenPort: network ? listenPortOf(fields.port) : fields.port,
    replicaOf: fields.replicaOf,
    server: fields.server,
    conf: fields.conf ?? `conf/${name}.conf`,
    hasOwnConf: fields.conf !== undefined,
    data: `data/${name}`,
    log: fields.log ?? `log/${name}.log`,
  };
}
