import * as l10n from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import { readyLight, type ReadyLight } from '../../core/drill/readyLight';
import { FailoverAttemptReader } from '../../node/drill/failoverAttempts';
import { readReadyFacts } from '../../node/drill/readyFacts';
import { flag, words } from '../arguments';
import type { CliCommand } from '../context';
import { withLab, type CliLab } from '../withLab';

/** How often the light is looked at while it is waited for, in milliseconds. */
const lookInterval = 500;

export const ready: CliCommand = {
  name: 'ready',
  usage: 'DIR [--json] [--wait]',
  summary: () =>
    l10n.t('says whether a drill now would show what it is meant to show, and if not, what is missing'),
  options: { json: { type: 'boolean' }, wait: { type: 'boolean' } },
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    return withLab(directory, context, async lab => {
      const reader = new FailoverAttemptReader();
      let light = await lightOf(lab, reader);
      // Ends with Ctrl+C: how long somebody wants to wait is not known here.
      while (!light.isReady && flag(args, 'wait')) {
        await sleep(lookInterval, undefined, { signal: context.signal }).catch(() =>
          context.signal.throwIfAborted(),
        );
        light = await lightOf(lab, reader);
      }
      context.print(flag(args, 'json') ? JSON.stringify(lightJson(light), undefined, 2) : lightText(light));
      return light.isReady ? 0 : 1;
    });
  },
};

async function lightOf({ session, folder }: CliLab, reader: FailoverAttemptReader): Promise<ReadyLight> {
  await session.refresh();
  const { state } = session.store;
  return readyLight(state, Date.now(), await readReadyFacts(state, folder, reader));
}

function lightJson({ isReady, checks, waitMs }: ReadyLight): unknown {
  return {
    ready: isReady,
    waitMs: waitMs ?? null,
    checks: checks.map(check => ({ ...check, waitMs: check.waitMs ?? null, anyway: check.anyway ?? null })),
  };
}

function lightText({ isReady, checks, waitMs }: ReadyLight): string {
  const head = isReady
    ? l10n.t('Ready for a drill.')
    : waitMs === undefined
      ? l10n.t('Not ready for a drill.')
      : l10n.t('Not ready for a drill; by itself in at most {0} s.', Math.ceil(waitMs / 1_000));
  return [
    head,
    ...checks.flatMap(({ ok, text, anyway }) => [
      `  ${ok ? '✓' : '✗'} ${text}`,
      ...(anyway === undefined ? [] : [`    ${l10n.t('Now all the same: {0}', anyway)}`]),
    ]),
  ].join('\n');
}
