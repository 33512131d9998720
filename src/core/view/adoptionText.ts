import * as l10n from '@vscode/l10n';
import type { Adoption } from '../conf/adoptConfs';
import type { AdoptProblem } from '../conf/adoptProblems';
import type { FoundConf } from '../conf/foundConf';

/** What was found, one line for each node and one for what the Sentinels watch. */
export function adoptionText({ nodes, masterPort, watch }: Adoption): readonly string[] {
  const lines = nodes.map(({ conf, replicaOf }) => {
    const port = conf.port.value;
    if (conf.kind === 'sentinel') return l10n.t('Sentinel {0}: {1}', port, conf.path);
    return port === masterPort || replicaOf === undefined
      ? l10n.t('Master {0}: {1}', port, conf.path)
      : l10n.t('Replica {0} of {1}: {2}', port, replicaOf, conf.path);
  });
  if (!watch) return lines;
  const { masterName, quorum, downAfterMilliseconds } = watch;
  return [
    ...lines,
    l10n.t(
      'The Sentinels watch {0}: quorum {1}, down after {2} ms.',
      masterName,
      quorum,
      downAfterMilliseconds,
    ),
  ];
}

/** One line about a conf in a list of those that were found. */
export function foundText({ kind, port, replicaOf, monitors }: FoundConf): string {
  const [monitor] = monitors;
  if (kind === 'sentinel')
    return monitor
      ? l10n.t('Sentinel {0}, watches {1} ({2}:{3})', port.value, monitor.name, monitor.host, monitor.port)
      : l10n.t('Sentinel {0}, watches nothing', port.value);
  return replicaOf
    ? l10n.t('data node {0}, replica of {1}:{2}', port.value, replicaOf.value, replicaOf.port)
    : l10n.t('data node {0}, master', port.value);
}

/** `conf/redis.slave.conf:12: …`, as compilers write it. */
export function problemText({ file, line, message }: AdoptProblem): string {
  if (file === undefined) return message;
  return `${file}${line ? `:${line}` : ''}: ${message}`;
}
