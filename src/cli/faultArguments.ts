import * as l10n from '@vscode/l10n';
import { parseDuration } from '../core/drill/duration';
import { faultTypes, isFaultType, readFault, type Fault, type FaultType } from '../core/drill/fault';
import { flag, numberOption, pairOptions, textOption } from './arguments';
import type { CliArguments } from './context';
import { UsageError } from './usageError';

/** The options of `fault`, for all its types. */
export const faultOptions = {
  for: { type: 'string' },
  writes: { type: 'boolean' },
  how: { type: 'string' },
  set: { type: 'string', multiple: true },
  reconnect: { type: 'boolean' },
  bytes: { type: 'string' },
  by: { type: 'string' },
  share: { type: 'string' },
  'both-ways': { type: 'boolean' },
} as const;

type FaultOption = keyof typeof faultOptions;

const optionsOf: Readonly<Partial<Record<FaultType, readonly FaultOption[]>>> = {
  restart: ['how'],
  pause: ['for', 'writes'],
  sleep: ['for'],
  config: ['set', 'reconnect'],
  'disk-full': ['bytes'],
  cut: ['both-ways'],
  delay: ['by', 'both-ways'],
  lossy: ['share', 'both-ways'],
};

/** The faults that `TYPE NODE…` with its options mean: one for each node, or one for the link from the first to the second. */
export function faultsOf(type: string, nodes: readonly string[], args: CliArguments): readonly Fault[] {
  if (!isFaultType(type))
    throw new UsageError(l10n.t('There is no fault "{0}". There are: {1}.', type, faultTypes.join(', ')));
  const foreign = (Object.keys(faultOptions) as FaultOption[]).find(
    name => args.values[name] !== undefined && !optionsOf[type]?.includes(name),
  );
  if (foreign) throw new UsageError(l10n.t('The fault "{0}" has no option --{1}.', type, foreign));
  const values = valuesOf(type, args);
  if (type === 'cut' || type === 'delay' || type === 'lossy') {
    const [from, to, ...more] = nodes;
    if (from === undefined || to === undefined || more.length > 0)
      throw new UsageError(l10n.t('The fault "{0}" takes two nodes: from and to.', type));
    return [read({ type, from, to, ...values })];
  }
  if (type === 'failover' && nodes.length === 0) return [read({ type, ...values })];
  if (nodes.length === 0) throw new UsageError(l10n.t('The fault "{0}" takes at least one node.', type));
  return nodes.map(node => read({ type, node, ...values }));
}

function valuesOf(type: FaultType, args: CliArguments): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'restart':
      return given({ how: textOption(args, 'how') });
    case 'pause':
      return given({
        milliseconds: durationOption(args, 'for'),
        mode: flag(args, 'writes') ? 'write' : undefined,
      });
    case 'sleep': {
      const milliseconds = durationOption(args, 'for');
      return given({ seconds: milliseconds === undefined ? undefined : milliseconds / 1_000 });
    }
    case 'config':
      return { set: pairOptions(args, 'set'), reconnect: flag(args, 'reconnect') };
    case 'disk-full':
      return given({ bytes: numberOption(args, 'bytes', 1, Number.MAX_SAFE_INTEGER) });
    case 'cut':
      return { bothWays: flag(args, 'both-ways') };
    case 'delay':
      return given({ bothWays: flag(args, 'both-ways'), milliseconds: durationOption(args, 'by') });
    case 'lossy': {
      const share = textOption(args, 'share');
      return given({
        bothWays: flag(args, 'both-ways'),
        share: share === undefined ? undefined : Number(share),
      });
    }
    default:
      return {};
  }
}

function given(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function durationOption(args: CliArguments, name: FaultOption): number | undefined {
  const text = textOption(args, name);
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new UsageError(l10n.t('--{0} takes a duration such as 250ms, 5s or 2m, not "{1}".', name, text));
}

function read(value: unknown): Fault {
  const result = readFault(value);
  if ('fault' in result) return result.fault;
  throw new UsageError(result.problems.map(({ message }) => message).join(' '));
}
