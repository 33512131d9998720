import * as l10n from '@vscode/l10n';
import { shownFault, type ActiveFault } from '../../core/drill/activeFault';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import { isClient, isLinkFault, type Fault } from '../../core/drill/fault';
import { resolveFault } from '../../core/drill/resolveFault';
import { faultText } from '../../core/view/faultText';
import { flag } from '../arguments';
import type { CliCommand } from '../context';
import { faultOptions, faultsOf } from '../faultArguments';
import { nodeRefContext } from '../pickNode';
import { faultJson } from '../statusJson';
import { UsageError } from '../usageError';
import { withLab } from '../withLab';

export const fault: CliCommand = {
  name: 'fault',
  usage:
    'DIR TYPE NODE… [--for 10s] [--writes] [--how kill|stop] [--set key=value]… [--reconnect] [--bytes N] [--by 100ms] [--share 0.1] [--both-ways] [--json]',
  summary: () => l10n.t('breaks something on purpose; "heal" undoes it'),
  options: { ...faultOptions, json: { type: 'boolean' } },
  async run(args, context) {
    const [directory = '', type = '', ...nodes] = args.positionals;
    if (directory === '' || type === '') throw new UsageError(l10n.t('Expected: {0}.', 'DIR TYPE NODE…'));
    const wanted = faultsOf(type, nodes, args);
    return withLab(directory, context, async lab => {
      const where = await nodeRefContext(lab, wanted.flatMap(refsOf));
      const faults = distinct(wanted.flatMap(each => resolveFault(each, where)));
      for (const each of faults) {
        const active = await lab.faults.apply(each);
        context.print(flag(args, 'json') ? JSON.stringify(active ? json(active) : null) : line(each, active));
      }
      return 0;
    });
  },
};

function refsOf(wanted: Fault): readonly string[] {
  return isLinkFault(wanted) ? [wanted.from, wanted.to].filter(end => !isClient(end)) : [wanted.node];
}

/** Two words can mean one node. */
function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map(each => [JSON.stringify(each), each])).values()];
}

function json(active: ActiveFault): unknown {
  return faultJson(shownFault(active, keepsSecret));
}

function line(applied: Fault, active: ActiveFault | undefined): string {
  if (!active) return faultText({ fault: applied, until: undefined });
  return `${active.id}: ${faultText(shownFault(active, keepsSecret))}`;
}
