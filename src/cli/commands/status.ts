import * as l10n from '@vscode/l10n';
import { once } from 'node:events';
import type { LabState } from '../../core/model/labState';
import { faultsNow, faultText } from '../../core/view/faultText';
import { labRow, type Row } from '../../core/view/labRows';
import { networkText } from '../../core/view/networkText';
import type { LabSession } from '../../lab/labSession';
import { flag, words } from '../arguments';
import type { CliCommand, CliContext } from '../context';
import { statusJson } from '../statusJson';
import { withLab } from '../withLab';

export const status: CliCommand = {
  name: 'status',
  usage: 'DIR [--json] [--watch]',
  summary: () => l10n.t('shows every node with its role; with --watch again at every change'),
  options: { json: { type: 'boolean' }, watch: { type: 'boolean' } },
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    const json = flag(args, 'json');
    return withLab(directory, context, async ({ session }) => {
      if (flag(args, 'watch')) return watch(session, json, context);
      context.print(
        json
          ? JSON.stringify(statusJson(session.store.state, Date.now()), undefined, 2)
          : statusText(session.store.state),
      );
      return 0;
    });
  },
};

/** Prints one line of JSON, or one block of text, for every change that shows; ends with Ctrl+C. */
async function watch(session: LabSession, json: boolean, { print, signal }: CliContext): Promise<number> {
  let last = '';
  const show = (state: LabState): void => {
    const text = json ? JSON.stringify(statusJson(state, Date.now())) : statusText(state);
    if (text === last) return;
    last = text;
    print(text);
  };
  show(session.store.state);
  const listening = session.store.onDidChange(show);
  const hold = session.hold('steady');
  if (!signal.aborted) await once(signal, 'abort');
  hold.dispose();
  listening.dispose();
  return 0;
}

function statusText(state: LabState): string {
  const now = Date.now();
  const row = labRow('lab', state, now);
  const network = networkText(state);
  return [
    `${row.label}: ${row.description}`,
    ...row.children.flatMap(groupText),
    ...(network === undefined ? [] : [`  ${network}`]),
    ...faultLines(state, now),
  ].join('\n');
}

function faultLines(state: LabState, now: number): string[] {
  const faults = faultsNow(state, now);
  if (faults.length === 0) return [];
  return [
    `  ${l10n.t('Faults ({0})', faults.length)}`,
    ...faults.map(active => `    ${active.id.padEnd(6)} ${faultText(active)}`),
  ];
}

function groupText(group: Row): string[] {
  return [
    `  ${group.label}`,
    ...group.children.map(node => `    ${node.label.padEnd(6)} ${node.description}`),
  ];
}
