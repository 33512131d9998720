import * as l10n from '@vscode/l10n';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import { shownFault } from '../../core/drill/activeFault';
import type { StepRecord } from '../../core/drill/drillRecord';
import type { Fault } from '../../core/drill/fault';
import { resolveFault } from '../../core/drill/resolveFault';
import type { Step } from '../../core/drill/scenarioSteps';
import { HumanError } from '../../core/humanError';
import { stepText } from '../../core/view/stepText';
import type { DrillScene } from './drillScene';
import { waitForStep } from './drillWaits';
import { pause } from './pause';

/** Does one step and records it; a step that fails is recorded, not thrown. Only the signal is thrown. */
export async function doStep(part: StepRecord['part'], step: Step, scene: DrillScene): Promise<StepRecord> {
  const startedAt = scene.ports.now();
  const faults: Fault[] = [];
  const ended = (end: StepRecord['end'], message?: string): StepRecord => ({
    part,
    step,
    startedAt,
    endedAt: scene.ports.now(),
    end,
    message,
    faults: faults.map(withoutSecrets),
  });
  try {
    switch (step.kind) {
      case 'fault':
        for (const fault of resolveFault(step.fault, scene.context())) {
          scene.signal.throwIfAborted();
          faults.push(fault);
          const id = await scene.apply(fault);
          if (id !== undefined && part === 'prepare') scene.prepared.add(id);
        }
        break;
      case 'heal':
        await heal(step.what, scene);
        break;
      case 'wait':
        if (!(await waitForStep(step.wait, step.atMost, scene)))
          return ended('late', l10n.t('Not within {0} s: {1}.', step.atMost / 1_000, stepText(step)));
        break;
      case 'pause':
        await pause(step.milliseconds, scene.signal);
        break;
      case 'write':
        await write(step, scene);
    }
    scene.signal.throwIfAborted();
    return ended('done');
  } catch (error) {
    scene.signal.throwIfAborted();
    if (error instanceof HumanError) return ended('failed', error.message);
    throw error;
  }
}

/** The newest first, as undoing goes. */
async function heal(
  what: Extract<Step, { readonly kind: 'heal' }>['what'],
  scene: DrillScene,
): Promise<void> {
  const { faults } = scene.ports;
  const active = (await faults.active()).filter(({ fault }) => what === 'all' || fault.type === what);
  for (const { id } of active.toReversed()) {
    const { left } = await faults.undo(id);
    const [first] = left;
    if (first) throw first.reason;
  }
  await scene.ports.session.refresh();
}

async function write(
  { keys, bytes }: Extract<Step, { readonly kind: 'write' }>,
  scene: DrillScene,
): Promise<void> {
  const { master } = scene;
  if (!master) throw new HumanError(l10n.t('There is no master to write to.'));
  await scene.ports.keys.write(master, scene.keysWritten + 1, keys, bytes, scene.signal);
  scene.keysWritten += keys;
}

function withoutSecrets(fault: Fault): Fault {
  return shownFault(
    { id: '', fault, since: 0, until: undefined, undo: { kind: 'nothing' }, owner: undefined },
    keepsSecret,
  ).fault;
}
