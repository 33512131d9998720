import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseDuration } from '../../core/drill/duration';
import type { LinkFault } from '../../core/drill/fault';
import type { LabState } from '../../core/model/labState';
import type { LinkEffect } from '../../core/network/linkRule';
import { linkEndChoices, linkFaults, linkWayChoices } from '../../core/view/linkChoices';
import { Cancelled } from '../errors';

/** The longest that the network holds something back, in milliseconds. */
const longestDelay = 600_000;

/** Asks which link of a node is meant, which way, and how much; gives the faults. */
export async function askForLink(
  state: LabState,
  node: string,
  type: LinkEffect['type'],
): Promise<readonly LinkFault[]> {
  const title = titleOf(type, node);
  const end = await ask(linkEndChoices(state, node, Date.now()), {
    title,
    placeHolder: l10n.t('The other end of the link'),
  });
  const { way } = await ask(linkWayChoices(node, end.word), { title, placeHolder: l10n.t('Which way') });
  return linkFaults(node, end.ends, way, await effectOf(type, title));
}

async function ask<T extends vscode.QuickPickItem>(
  choices: readonly T[],
  options: vscode.QuickPickOptions,
): Promise<T> {
  const picked = await vscode.window.showQuickPick([...choices], options);
  if (!picked) throw new Cancelled();
  return picked;
}

async function effectOf(type: LinkEffect['type'], title: string): Promise<LinkEffect> {
  switch (type) {
    case 'cut':
      return { type };
    case 'delay': {
      const read = (text: string): number | undefined => {
        const milliseconds = parseDuration(text.trim());
        const isFit = milliseconds !== undefined && milliseconds >= 1 && milliseconds <= longestDelay;
        return isFit ? milliseconds : undefined;
      };
      const prompt = l10n.t('How much later everything arrives: 250ms, 5s or 2m, at most 10m');
      return { type, milliseconds: await askForValue(title, '200ms', prompt, read) };
    }
    case 'lossy': {
      const read = (text: string): number | undefined => {
        const percent = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
        return percent > 0 && percent <= 100 ? percent / 100 : undefined;
      };
      const prompt = l10n.t('How much gets lost, in percent');
      return { type, share: await askForValue(title, '10', prompt, read) };
    }
  }
}

async function askForValue(
  title: string,
  value: string,
  prompt: string,
  read: (text: string) => number | undefined,
): Promise<number> {
  const answer = await vscode.window.showInputBox({
    title,
    value,
    prompt,
    validateInput: text => (read(text) === undefined ? prompt : undefined),
  });
  const number = answer === undefined ? undefined : read(answer);
  if (number === undefined) throw new Cancelled();
  return number;
}

function titleOf(type: LinkEffect['type'], node: string): string {
  switch (type) {
    case 'cut':
      return l10n.t('Cut a link of {0}', node);
    case 'delay':
      return l10n.t('Slow down a link of {0}', node);
    case 'lossy':
      return l10n.t('Make a link of {0} lossy', node);
  }
}
