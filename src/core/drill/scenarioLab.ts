import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { sentinelNodes, serverNodes, type Lab } from '../model/lab';
import { defaultPlan, type LabPlan, type LabShape } from '../model/labPlan';
import { directiveName, isTrue, line, object, record, wholeNumber } from './fileValues';

/** The lab that a scenario or exercise needs. What is undefined may be anything in a lab that is given, and is usual in one that is made. */
export interface ScenarioLab {
  readonly replicas: number;
  readonly sentinels: number;
  readonly quorum: number | undefined;
  readonly downAfterMilliseconds: number | undefined;
  readonly failoverTimeout: number | undefined;
  readonly parallelSyncs: number | undefined;
  /** Further directives for every data node. */
  readonly settings: Readonly<Record<string, string>>;
  /** Links can be cut, delayed and made lossy. */
  readonly network: boolean;
  /** Nodes ask for a password. */
  readonly password: boolean;
}

const milliseconds = v.optional(wholeNumber(1, 86_400_000));

export const scenarioLabShape = object({
  replicas: v.optional(wholeNumber(0, 50), 2),
  sentinels: v.optional(wholeNumber(0, 50), 3),
  quorum: v.optional(wholeNumber(1, 50)),
  downAfterMilliseconds: milliseconds,
  failoverTimeout: milliseconds,
  parallelSyncs: v.optional(wholeNumber(1, 1_000)),
  settings: v.optional(record(directiveName, line), {}),
  network: v.optional(isTrue, false),
  password: v.optional(isTrue, false),
});

/** What a file says of its lab, with what it leaves out. */
export function toScenarioLab(file: v.InferOutput<typeof scenarioLabShape>): ScenarioLab {
  return {
    ...file,
    quorum: file.quorum,
    downAfterMilliseconds: file.downAfterMilliseconds,
    failoverTimeout: file.failoverTimeout,
    parallelSyncs: file.parallelSyncs,
  };
}

/** The plan of a lab made for a drill. Whether it has a password is said elsewhere: that is no part of a plan. */
export function scenarioPlan(
  needs: ScenarioLab,
  name: string,
  ports: Pick<LabShape, 'port' | 'sentinelPort'>,
): LabPlan {
  const plan = defaultPlan(name, { ...ports, replicas: needs.replicas, sentinels: needs.sentinels });
  return {
    ...plan,
    quorum: needs.quorum ?? plan.quorum,
    downAfterMilliseconds: needs.downAfterMilliseconds ?? plan.downAfterMilliseconds,
    failoverTimeout: needs.failoverTimeout ?? plan.failoverTimeout,
    parallelSyncs: needs.parallelSyncs ?? plan.parallelSyncs,
    settings: needs.settings,
    network: needs.network,
  };
}

/** Why a scenario cannot be done in a lab that is there, one sentence each; empty when it can. More nodes than needed are no obstacle. */
export function labObstacles(
  needs: ScenarioLab,
  lab: Lab,
  has: { readonly network: boolean; readonly password: boolean },
): readonly string[] {
  const replicas = serverNodes(lab).length - 1;
  const sentinels = sentinelNodes(lab).length;
  const obstacles: string[] = [];
  if (replicas < needs.replicas)
    obstacles.push(l10n.t('It needs {0} replicas; this lab has {1}.', needs.replicas, replicas));
  if (sentinels < needs.sentinels)
    obstacles.push(l10n.t('It needs {0} Sentinels; this lab has {1}.', needs.sentinels, sentinels));
  if (needs.network && !has.network)
    obstacles.push(l10n.t('It cuts links: the lab needs "network": true in lab.json.'));
  if (needs.password && !has.password) obstacles.push(l10n.t('It needs a lab with a password.'));
  // What a person leaves open in the scenario is the lab's own affair; what stands there belongs to what is to be seen.
  for (const name of ['quorum', 'downAfterMilliseconds', 'failoverTimeout', 'parallelSyncs'] as const)
    if (needs[name] !== undefined && lab[name] !== needs[name])
      obstacles.push(
        l10n.t('It needs "{0}": {1} in lab.json; here it is {2}.', name, needs[name], lab[name]),
      );
  for (const [name, value] of Object.entries(needs.settings))
    if (lab.settings[name] !== value)
      obstacles.push(l10n.t('It needs "{0}": "{1}" under "set" in lab.json.', name, value));
  return obstacles;
}
