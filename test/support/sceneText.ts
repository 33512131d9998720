import type { Scene } from '../../src/core/scene/scene';

/** A scene as text to be read: everything with its times, in milliseconds since the first of them. */
export function sceneText(scene: Scene): string {
  const begin = Math.min(
    ...[...scene.roles, ...scene.downs, ...scene.failovers, ...scene.bars].map(({ from }) => from),
  );
  const span = ({ from, to }: { readonly from: number; readonly to: number | undefined }): string =>
    `${from - begin} to ${to === undefined ? 'the end' : to - begin}`;
  const part = (title: string, lines: readonly string[]): string =>
    [`# ${title}`, ...lines.map(line => `  ${line}`), ''].join('\n');
  return [
    part(
      'lanes',
      scene.lanes.map(({ id, label, kind }) => `${id} (${kind}) ${label}`),
    ),
    part(
      'roles',
      scene.roles.map(bar => `${bar.lane} ${bar.role} ${span(bar)}`),
    ),
    part(
      'down',
      scene.downs.map(bar => `${bar.lane} ${span(bar)}`),
    ),
    part(
      'syncs',
      scene.syncs.map(bar => `${bar.lane} ${span(bar)} ${bar.kind} ${bar.outcome}: ${bar.text}`),
    ),
    part(
      'bars',
      scene.bars.map(bar => `${bar.lane} ${span(bar)} ${bar.look}: ${bar.text}`),
    ),
    part(
      'failovers',
      scene.failovers.map(failover => `${span(failover)} leader ${failover.leader}: ${failover.text}`),
    ),
    part(
      'phases',
      scene.phases.map(phase => `${phase.failover} ${span(phase)} ${phase.text}`),
    ),
    part(
      'votes',
      scene.votes.map(({ at, voter, candidate, wins, text }) =>
        [at - begin, voter, '->', candidate, wins ? 'wins:' : 'loses:', text].join(' '),
      ),
    ),
  ].join('\n');
}
