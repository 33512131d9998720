import { nodesOf, type LabState, type NodeState } from '../model/labState';
import { causeOf } from './drillCause';
import type { Scenario } from './scenario';

/** The replicas of which a person may think that they will be promoted; none where the scenario takes no master away. */
export function guessableReplicas(scenario: Scenario, state: LabState): readonly NodeState[] {
  if (!causeOf(scenario)) return [];
  return nodesOf(state).filter(
    ({ spec, role, status }) => spec.kind === 'server' && role === 'replica' && status === 'running',
  );
}

/** Whether what can be foretold before the drill is what the drill will meet: nothing is broken before the master goes. */
export function isForetoldNow(scenario: Scenario): boolean {
  return causeOf(scenario)?.step === 0 && scenario.prepare.every(({ kind }) => kind === 'write');
}
