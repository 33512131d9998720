import * as l10n from '@vscode/l10n';
import { basename, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { majority } from '../../core/model/lab';
import { masterNamePattern } from '../../core/model/labFile';
import { defaultPlan, planPorts, type LabPlan } from '../../core/model/labPlan';
import { createLab } from '../../node/files/createLab';
import { flag, numberOption, pairOptions, textOption, words } from '../arguments';
import type { CliArguments, CliCommand } from '../context';
import { UsageError } from '../usageError';

export const create: CliCommand = {
  name: 'create',
  usage:
    'DIR [--replicas N] [--sentinels N] [--port P] [--sentinel-port P] [--quorum Q] [--name mymaster] [--down-after MS] [--failover-timeout MS] [--password S] [--redis PATH] [--network] [--set key=value]…',
  summary: () => l10n.t('makes a lab: lab.json and a conf for every node'),
  options: {
    replicas: { type: 'string' },
    sentinels: { type: 'string' },
    port: { type: 'string' },
    'sentinel-port': { type: 'string' },
    quorum: { type: 'string' },
    name: { type: 'string' },
    'down-after': { type: 'string' },
    'failover-timeout': { type: 'string' },
    password: { type: 'string' },
    redis: { type: 'string' },
    network: { type: 'boolean' },
    set: { type: 'string', multiple: true },
  },
  async run(args, { finder, print }) {
    const [directory] = words(args, 'DIR');
    const plan = planFrom(args, directory);
    await createLab(directory, plan, { finder, password: await password(args) });
    print(
      l10n.t(
        'Made the lab "{0}" in {1}. Start it with: redis-ha-lab up {2}',
        plan.name,
        resolve(directory),
        directory,
      ),
    );
    return 0;
  },
};

function planFrom(args: CliArguments, directory: string): LabPlan {
  const replicas = numberOption(args, 'replicas', 0, 100) ?? 2;
  const sentinels = numberOption(args, 'sentinels', 0, 100) ?? 3;
  const usual = defaultPlan(basename(resolve(directory)), {
    replicas,
    sentinels,
    ...given('port', numberOption(args, 'port', 1, 65_535)),
    ...given('sentinelPort', numberOption(args, 'sentinel-port', 1, 65_535)),
  });
  const masterName = textOption(args, 'name') ?? usual.masterName;
  if (!masterNamePattern.test(masterName))
    throw new UsageError(
      l10n.t('--name may only have letters, digits and the characters . - _, not "{0}".', masterName),
    );
  const plan: LabPlan = {
    ...usual,
    masterName,
    quorum: numberOption(args, 'quorum', 1, Math.max(1, sentinels)) ?? majority(sentinels),
    downAfterMilliseconds: numberOption(args, 'down-after', 1, 86_400_000) ?? usual.downAfterMilliseconds,
    failoverTimeout: numberOption(args, 'failover-timeout', 1, 86_400_000) ?? usual.failoverTimeout,
    server: serverOption(args),
    settings: pairOptions(args, 'set'),
    network: flag(args, 'network'),
  };
  const ports = planPorts(plan);
  const highest = Math.max(...ports.servers, ...ports.sentinels);
  if (highest > 65_535)
    throw new UsageError(
      l10n.t(
        'The nodes would need ports up to {0}; the highest there is is 65535. Choose a lower --port or --sentinel-port.',
        highest,
      ),
    );
  const shared = ports.servers.find(port => ports.sentinels.includes(port));
  if (shared !== undefined)
    throw new UsageError(
      l10n.t(
        'Port {0} would belong to a data node and to a Sentinel. Choose another --port or --sentinel-port.',
        shared,
      ),
    );
  return plan;
}

/** A path counts from where the person is, not from the lab's folder. */
function serverOption(args: CliArguments): string | undefined {
  const server = textOption(args, 'redis');
  return server !== undefined && /[\\/]/.test(server) ? resolve(server) : server;
}

function given<Name extends string>(name: Name, value: number | undefined): Partial<Record<Name, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>);
}

/** `--password -` reads it from standard input, where no list of processes shows it; so does the environment. */
async function password(args: CliArguments): Promise<string | undefined> {
  const option = textOption(args, 'password') ?? process.env['REDIS_HA_LAB_PASSWORD'];
  const secret = option === '-' ? (await readAll(process.stdin)).replace(/\r?\n$/, '') : option;
  if (secret === undefined || secret === '') return undefined;
  if (/[\r\n\0]/.test(secret)) throw new UsageError(l10n.t('A password must be on one line.'));
  return secret;
}
