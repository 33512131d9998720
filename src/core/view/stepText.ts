import * as l10n from '@vscode/l10n';
import type { Fault } from '../drill/fault';
import type { Step, Wait } from '../drill/scenarioSteps';
import { faultText } from './faultText';
import { logText, often, roleText, toldBy } from './seenText';
import { countText } from './words';

/** What a step of a drill does, in words. `faults` are those that were applied; without them the words of the file are used. */
export function stepText(step: Step, faults: readonly Fault[] = []): string {
  switch (step.kind) {
    case 'fault':
      return (faults.length > 0 ? faults : [step.fault]).map(doneText).join('; ');
    case 'heal':
      return step.what === 'all'
        ? l10n.t('all faults are undone')
        : l10n.t('faults of the type {0} are undone', step.what);
    case 'wait':
      return waitText(step.wait);
    case 'pause':
      return l10n.t('{0} s pass', step.milliseconds / 1_000);
    case 'write':
      return l10n.t('{0} keys of {1} bytes are written', countText(step.keys), countText(step.bytes));
  }
}

/** What ends by itself is told with its length: when it was is told elsewhere. */
function doneText(fault: Fault): string {
  switch (fault.type) {
    case 'pause':
      return l10n.t('clients of {0} wait for {1} s', fault.node, fault.milliseconds / 1_000);
    case 'sleep':
      return l10n.t('{0} sleeps for {1} s', fault.node, fault.seconds);
    default:
      return faultText({ fault, until: undefined });
  }
}

function waitText(wait: Wait): string {
  switch (wait.for) {
    case 'ready':
      return l10n.t('the lab is ready');
    case 'switched':
      return l10n.t('all Sentinels name another master');
    case 'event':
      return often(toldBy(wait.event, wait.node), wait.times);
    case 'log':
      return often(logText(wait.message, wait.node), wait.times);
    case 'role':
      return roleText(wait.node, wait.is);
    case 'link':
      return wait.is === 'up'
        ? l10n.t('the link of {0} is up', wait.node)
        : l10n.t('the link of {0} is down', wait.node);
    case 'state':
      return l10n.t('{0}: {1}', wait.node, wait.is);
    case 'probe':
      return wait.is === 'writing'
        ? l10n.t('writes of the client {0} get through', wait.client)
        : l10n.t('the client {0} meets {1}', wait.client, wait.is);
  }
}
