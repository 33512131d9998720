// The timeline alone in a page: what a bench, or somebody who looks, tells it to show.
import { TableView } from '../../src/webview/timeline/tableView.ts';
import { TimelineView } from '../../src/webview/timeline/timelineView.ts';
import * as scenes from './scenes.mjs';

/** @type {{ texts: any; events: string[] }} */
const host = /** @type {any} */ (globalThis).host;
host.events = [];
const started = performance.now();

let drawn = () => {};
const view = new TimelineView(host.texts, {
  onOpen: key => host.events.push(`open ${key}`),
  onDetails: key => {
    host.events.push(`details ${key}`);
    setTimeout(
      () =>
        view.showDetails(key, [
          { label: '', text: `What line ${key} means, as the output channel says it.`, isLog: false },
        ]),
      5,
    );
  },
  onCursor: at => host.events.push(`cursor ${Math.round(at)}`),
  onRange: ({ from, to }) => host.events.push(`range ${Math.round(from)} ${Math.round(to)}`),
  onUnfollow: () => host.events.push('unfollow'),
  onDrawn: () => drawn(),
});
const tables = new TableView(host.texts, {
  onOpen: key => host.events.push(`open ${key}`),
});
document.querySelector('main')?.append(view.element);

/** Until everything that was given is on the screen. */
function untilDrawn() {
  return new Promise(resolve => {
    drawn = () => resolve(performance.now());
  });
}

Object.assign(globalThis, { view, tables, scenes, untilDrawn, started });
