import * as l10n from '@vscode/l10n';
import { shownMoment } from '../log/wallClock';
import type { Lab } from '../model/lab';
import type { Replay } from '../replay/replay';
import type { RecordedDrill } from '../replay/recordedDrill';
import type { Report } from '../story/report';
import { faultText } from '../view/faultText';
import { durationText } from '../view/storyNames';
import { LaneNames } from './laneNames';
import type { Scene } from './scene';
import { sceneOf, type SceneParts } from './sceneOf';

/** What a recording is, as far as its scene needs it. */
export interface RecordedParts {
  /** `log` of a node is its file as the report has it. */
  readonly lab: Lab;
  readonly report: Report;
  readonly drill: RecordedDrill | undefined;
}

/** The scene of logs that are over. Times without a year are near the end of their `replay`. */
export function recordedScene({ lab, report, drill }: RecordedParts, replay: Replay): Scene {
  return sceneOf({
    lab,
    names: new LaneNames(lab, ({ log }) => log),
    report,
    moment: time => shownMoment(time, replay.to),
    endAfter: (node, at) => replay.endAfter(node, at),
    faults: (drill?.faults ?? []).map(({ fault, from, to }) => ({
      from,
      to,
      look: 'fault',
      text: faultText({ fault, until: undefined }),
    })),
    clients: drill ? clientsOf(drill) : [],
  });
}

/** Each client has a lane of its own; a master that was none any more, too. */
function clientsOf({ probes, stale }: RecordedDrill): SceneParts['clients'] {
  const clients = probes.map(({ client, outages }) => ({
    name: l10n.t('Client {0}', client),
    bars: outages.map(({ from, to }) => ({ from, to, look: 'outage' as const, text: outageText(from, to) })),
  }));
  if (stale.length === 0) return clients;
  const text = l10n.t('still acknowledged writes after another node had been promoted');
  return [
    ...clients,
    { name: l10n.t('Old master'), bars: stale.map(span => ({ ...span, look: 'stale' as const, text })) },
  ];
}

function outageText(from: number, to: number | undefined): string {
  return to === undefined
    ? l10n.t('no write got through any more')
    : l10n.t('no writes for {0}', durationText(Math.round(to - from)));
}
