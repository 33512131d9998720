import * as l10n from '@vscode/l10n';
import { isThisMachine, type AdoptContext } from './adoptMaster';
import type { FoundConf, Placed } from './foundConf';

/** One thing about existing confs that a person should know. `error`: no lab can be made before it is changed. */
export interface AdoptProblem {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** As {@link FoundConf.path}; undefined where it is about all of them. */
  readonly file?: string;
  /** From 1; 0: the whole file. */
  readonly line?: number;
  readonly message: string;
}

type Severity = AdoptProblem['severity'];

function at(conf: FoundConf, line: number, severity: Severity, id: string, message: string): AdoptProblem {
  return { id, severity, file: conf.path, line, message };
}

/** What stands in the way of a lab. One message for one cause: what only follows from another is left out. */
export function fatalProblems(
  servers: readonly FoundConf[],
  sentinels: readonly FoundConf[],
  masterPort: number | undefined,
  context: AdoptContext,
): readonly AdoptProblem[] {
  const confs = [...servers, ...sentinels];
  if (confs.length === 0) {
    const message = l10n.t(
      'There is no conf of Redis here. Choose the folder or the files with the confs of a master, its replicas and Sentinels.',
    );
    return [{ id: 'nothing', severity: 'error', message }];
  }
  const ports = badPorts(confs);
  return [
    ...ports,
    ...confs.flatMap(conf => cannotRunHere(conf, context)),
    ...(ports.length > 0
      ? []
      : [...wrongMasters(servers, masterPort, context), ...wrongWatch(servers, sentinels, context)]),
  ];
}

function badPorts(confs: readonly FoundConf[]): readonly AdoptProblem[] {
  const seen = new Map<number, FoundConf>();
  const problems: AdoptProblem[] = [];
  for (const conf of confs) {
    const { value, line } = conf.port;
    const other = confBefore(seen, value, conf);
    if (!(value >= 1 && value <= 65_535)) {
      const message = l10n.t('A lab needs a port from 1 to 65535 here: it connects over TCP. Write one.');
      problems.push(at(conf, line, 'error', 'no-port', message));
    } else if (other) {
      const message = l10n.t(
        'Port {0} is given in {1} too. Give one of the two another port, or leave it out.',
        value,
        other.path,
      );
      problems.push(at(conf, line, 'error', 'same-port', message));
    }
  }
  return problems;
}

/** The last conf that had the same; from now on it is this one. */
function confBefore<T>(seen: Map<T, FoundConf>, value: T, conf: FoundConf): FoundConf | undefined {
  const other = seen.get(value);
  seen.set(value, conf);
  return other;
}

function cannotRunHere(conf: FoundConf, context: AdoptContext): readonly AdoptProblem[] {
  const problems: AdoptProblem[] = [];
  // Windows has no daemons: the servers there say so and go on.
  if (!context.windows && conf.daemonize?.value.toLowerCase() === 'yes') {
    const message = l10n.t(
      'daemonize yes takes the server out of its terminal, where the lab could not watch it. Change it to no.',
    );
    problems.push(at(conf, conf.daemonize.line, 'error', 'daemonize', message));
  }
  if (conf.isClusterNode?.value.toLowerCase() === 'yes') {
    const message = l10n.t(
      'This is a node of a Redis Cluster; a lab is a master with replicas and Sentinels. Leave it out, or set cluster-enabled no.',
    );
    problems.push(at(conf, conf.isClusterNode.line, 'error', 'cluster', message));
  }
  if (conf.bind && !conf.bind.value.some(isLoopback)) {
    const message = l10n.t(
      'The lab connects to 127.0.0.1, and this node listens only on {0}. Add 127.0.0.1 to bind.',
      conf.bind.value.join(', '),
    );
    problems.push(at(conf, conf.bind.line, 'error', 'not-on-loopback', message));
  }
  for (const placed of [conf.directory, conf.logFile])
    if (placed && !context.windows && isWindowsPath(placed.value))
      problems.push(at(conf, placed.line, 'error', 'windows-path', windowsPathText(placed)));
  return problems;
}

function windowsPathText({ value }: Placed<string>): string {
  return l10n.t(
    '"{0}" is a path of Windows, and this machine runs another system. Write a folder of this machine, or take the line out: the lab then gives the node a folder of its own.',
    value,
  );
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^-/, '').toLowerCase();
  return ['0.0.0.0', '*', 'localhost', '127.0.0.1'].includes(plain);
}

export function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]|^\\\\|^\.{0,2}\\/.test(path);
}

function wrongMasters(
  servers: readonly FoundConf[],
  masterPort: number | undefined,
  context: AdoptContext,
): readonly AdoptProblem[] {
  if (servers.length === 0) {
    const message = l10n.t(
      'There are only Sentinels here, and no data node for them to watch. Add the confs of the master and its replicas.',
    );
    return [{ id: 'no-servers', severity: 'error', message }];
  }
  const ports = new Set(servers.map(({ port }) => port.value));
  const strangers = servers.filter(
    ({ replicaOf }) => replicaOf && !(isThisMachine(replicaOf.value, context) && ports.has(replicaOf.port)),
  );
  if (strangers.length > 0)
    return strangers.map(conf =>
      at(conf, conf.replicaOf?.line ?? 0, 'error', 'unknown-master', strangerText(conf, context)),
    );
  const masters = servers.filter(({ replicaOf }) => !replicaOf);
  if (masters.length === 0) {
    const message = l10n.t(
      'Every data node is a replica of another; the conf of a master, without replicaof, is missing. Add it.',
    );
    return [{ id: 'no-master', severity: 'error', message }];
  }
  if (masterPort !== undefined) return [];
  const message = l10n.t(
    'A lab has one master, and these have no replicaof line: {0}. Add replicaof to all but one, or leave the others out.',
    masters.map(({ port, path }) => `${port.value} (${path})`).join(', '),
  );
  return [
    { id: 'two-masters', severity: 'error', message, ...(masters[1] ? { file: masters[1].path } : {}) },
  ];
}

function strangerText({ port, replicaOf }: FoundConf, context: AdoptContext): string {
  const address = `${replicaOf?.value ?? ''}:${replicaOf?.port ?? ''}`;
  return replicaOf && isThisMachine(replicaOf.value, context)
    ? l10n.t(
        'Node {0} is a replica of {1}, and none of these confs has that port. Add the conf of its master, or correct the line.',
        port.value,
        address,
      )
    : l10n.t(
        'Node {0} is a replica of {1}, which is not this machine; a lab runs on one machine. Write 127.0.0.1 and the port of a node of the lab.',
        port.value,
        address,
      );
}

function wrongWatch(
  servers: readonly FoundConf[],
  sentinels: readonly FoundConf[],
  context: AdoptContext,
): readonly AdoptProblem[] {
  const problems: AdoptProblem[] = [];
  const ports = new Set(servers.map(({ port }) => port.value));
  const first = sentinels.find(({ monitors }) => monitors.length > 0);
  const name = first?.monitors[0]?.name;
  for (const conf of sentinels) {
    const monitor = conf.monitors.find(each => each.name === name) ?? conf.monitors[0];
    if (!monitor) {
      const message = l10n.t(
        'This Sentinel watches no master. Add a line such as: sentinel monitor mymaster 127.0.0.1 6379 2',
      );
      problems.push(at(conf, 0, 'error', 'no-monitor', message));
    } else if (monitor.name !== name) {
      const message = l10n.t(
        'This Sentinel calls its master "{0}", and {1} calls it "{2}". The Sentinels of a lab watch one master under one name: use the same.',
        monitor.name,
        first?.path ?? '',
        name ?? '',
      );
      problems.push(at(conf, monitor.line, 'error', 'two-names', message));
    } else if (servers.length > 0 && !(isThisMachine(monitor.host, context) && ports.has(monitor.port))) {
      const message = l10n.t(
        'This Sentinel watches {0}:{1}, and no data node here has that address. Correct the line, or add the conf of that node.',
        monitor.host,
        monitor.port,
      );
      problems.push(at(conf, monitor.line, 'error', 'unknown-monitored', message));
    } else if (!(monitor.quorum >= 1)) {
      const message = l10n.t(
        'The number at the end of this line is the quorum: how many Sentinels must agree that the master is down. Write 1 or more.',
      );
      problems.push(at(conf, monitor.line, 'error', 'no-quorum', message));
    } else if (monitor.quorum > sentinels.length) {
      const message = l10n.t(
        'The quorum is {0}, but there are only {1} Sentinels: they could never agree.',
        monitor.quorum,
        sentinels.length,
      );
      problems.push(at(conf, monitor.line, 'error', 'quorum', message));
    }
  }
  return problems;
}

/** What works, but not as the person may expect. */
export function looseEnds(
  servers: readonly FoundConf[],
  sentinels: readonly FoundConf[],
  context: AdoptContext,
): readonly AdoptProblem[] {
  const confs = [...servers, ...sentinels];
  return [
    ...confs.flatMap(ownLooseEnds),
    ...relativeFolders(servers, context),
    ...shared(confs),
    ...passwords(servers, sentinels),
    ...watchLooseEnds(servers, sentinels),
  ];
}

function ownLooseEnds(conf: FoundConf): readonly AdoptProblem[] {
  const problems: AdoptProblem[] = [];
  for (const line of conf.inlineComments) {
    const message = l10n.t(
      'Redis takes the text behind "#" for one more value and does not start. Put the comment on a line of its own.',
    );
    problems.push(at(conf, line, 'warning', 'inline-comment', message));
  }
  if (conf.include) {
    const message = l10n.t(
      'The included file "{0}" was not read; what it sets is not known here.',
      conf.include.value,
    );
    problems.push(at(conf, conf.include.line, 'warning', 'include', message));
  }
  return problems;
}

/** A server without a whole `dir` keeps its data where it is started, and that is not where the person started it by hand. */
function relativeFolders(servers: readonly FoundConf[], context: AdoptContext): readonly AdoptProblem[] {
  const relative = servers.filter(({ directory }) => !directory || !isAbsolutePath(directory.value, context));
  if (relative.length === 0) return [];
  const message = l10n.t(
    'dir is missing or counts from the folder of the start ({0}): in the lab these nodes keep their data in data/redis-PORT. To go on with older data, write dir with the whole path.',
    relative.map(({ port }) => port.value).join(', '),
  );
  return [{ id: 'relative-dir', severity: 'info', message }];
}

function isAbsolutePath(path: string, { windows }: AdoptContext): boolean {
  return windows ? /^(?:[A-Za-z]:[\\/]|[\\/])/.test(path) : path.startsWith('/');
}

function shared(confs: readonly FoundConf[]): readonly AdoptProblem[] {
  const problems: AdoptProblem[] = [];
  const data = new Map<string, FoundConf>();
  const logs = new Map<string, FoundConf>();
  const ids = new Map<string, FoundConf>();
  for (const conf of confs) {
    const isWhole = /^(?:[A-Za-z]:)?[\\/]/;
    const { directory, logFile, id } = conf;
    if (conf.kind === 'server' && directory && isWhole.test(directory.value)) {
      const other = confBefore(data, `${directory.value}\n${conf.databaseFile}`, conf);
      if (other) {
        const message = l10n.t(
          'This node would save to the same file as that of {0}, and each would overwrite the other. Give it a dir or dbfilename of its own.',
          other.path,
        );
        problems.push(at(conf, directory.line, 'warning', 'same-data', message));
      }
    }
    if (logFile && isWhole.test(logFile.value)) {
      const other = confBefore(logs, logFile.value, conf);
      if (other) {
        const message = l10n.t(
          'This node and that of {0} write into one log. Give each a logfile of its own.',
          other.path,
        );
        problems.push(at(conf, logFile.line, 'warning', 'same-log', message));
      }
    }
    if (id) {
      const other = confBefore(ids, id.value, conf);
      if (other) {
        const message = l10n.t(
          'This Sentinel has the id of {0}: the file was copied after its first run, and the two take each other for one. Take out the lines myid, known- and epoch.',
          other.path,
        );
        problems.push(at(conf, id.line, 'warning', 'same-id', message));
      }
    }
  }
  return problems;
}

/** Where the password must stand: requirepass on every data node, masterauth beside it, auth-pass in every Sentinel. */
function passwords(servers: readonly FoundConf[], sentinels: readonly FoundConf[]): readonly AdoptProblem[] {
  if (!servers.some(({ hasPassword }) => hasPassword)) return [];
  const problems: AdoptProblem[] = [];
  for (const conf of servers) {
    const missing = [
      conf.hasPassword ? '' : 'requirepass',
      conf.hasMasterPassword ? '' : 'masterauth',
    ].filter(Boolean);
    if (missing.length === 0) continue;
    const message = l10n.t(
      'Nodes of this lab have a password, and here these lines for it are missing: {0}. Without them this node could not take part in a failover. Add the same password.',
      missing.join(', '),
    );
    problems.push(at(conf, 0, 'warning', 'password', message));
  }
  for (const conf of sentinels) {
    const monitor = conf.monitors[0];
    if (!monitor || conf.options.has(`auth-pass ${monitor.name}`)) continue;
    const message = l10n.t(
      'The data nodes have a password, and this Sentinel has no line "sentinel auth-pass {0}": it would take them for down. Add it below the monitor line.',
      monitor.name,
    );
    problems.push(at(conf, monitor.line, 'warning', 'sentinel-password', message));
  }
  return problems;
}

function watchLooseEnds(
  servers: readonly FoundConf[],
  sentinels: readonly FoundConf[],
): readonly AdoptProblem[] {
  const problems: AdoptProblem[] = [];
  const first = sentinels.find(({ monitors }) => monitors.length > 0);
  const quorum = first?.monitors[0]?.quorum;
  const replicas = new Set(servers.filter(({ replicaOf }) => replicaOf).map(({ port }) => port.value));
  for (const conf of sentinels) {
    const [monitor, second] = conf.monitors;
    if (!monitor) continue;
    if (monitor.quorum >= 1 && monitor.quorum !== quorum) {
      const message = l10n.t(
        'The quorum here is {0}, in {1} it is {2}. Use the same in all.',
        monitor.quorum,
        first?.path ?? '',
        quorum ?? 0,
      );
      problems.push(at(conf, monitor.line, 'warning', 'quorums', message));
    }
    if (replicas.has(monitor.port)) {
      const message = l10n.t(
        'This Sentinel watches {0}, which starts as a replica by its own conf. The Sentinel finds the real master from there, but only once all run.',
        monitor.port,
      );
      problems.push(at(conf, monitor.line, 'warning', 'watches-replica', message));
    }
    if (second) {
      const message = l10n.t(
        'This Sentinel watches "{0}" too; the lab shows only "{1}".',
        second.name,
        monitor.name,
      );
      problems.push(at(conf, second.line, 'info', 'more-masters', message));
    }
  }
  return problems;
}
