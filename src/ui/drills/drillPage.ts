import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DrillReport } from '../../core/drill/drillReport';
import type { ScenarioText } from '../../core/drill/scenario';
import { drillJson } from '../../core/view/drillJson';
import { drillMarkdown } from '../../core/view/drillMarkdown';
import { drillSvg } from '../../core/view/drillSvg';
import { pictureBackground } from '../editor/pictureBackground';
import type { StoryPage } from '../editor/storyPages';
import { timelineLinkName, timelineLinkText } from '../timeline/timelineLink';
import { reportName } from './reportName';

const pictureName = 'report.svg';

export interface DrillPageOptions {
  /** A riddle says nothing of what to change. */
  readonly isRiddle?: boolean;
  /** What the page takes the place of; without it each drill keeps its page, so that two of the same scenario can be compared. */
  readonly key?: string;
}

/**
 * The report of a drill as a page. The logs go with it: a lab of the drill's own is removed, and one of a person's writes on. To be called
 * while the lab is still there.
 */
export async function drillPage(
  report: DrillReport,
  text: Partial<ScenarioText>,
  { isRiddle = false, key }: DrillPageOptions = {},
): Promise<StoryPage> {
  const { record, story } = report;
  const title = text.title ?? record.scenario.name;
  const logs = await Promise.all(
    story.nodes.map(async ({ file }) => [path.basename(file), await readFile(file, 'utf8')] as const),
  );
  return {
    name: title,
    key: key ?? `drill\n${record.scenario.name}\n${record.startedAt}`,
    markdown: linkTo =>
      drillMarkdown(report, {
        text,
        isRiddle,
        picture: pictureName,
        timeline: timelineLinkName,
        links: {
          nameOf: file => path.basename(file),
          linkTo: (file, line) => linkTo(path.basename(file), line),
        },
      }),
    beside: new Map([
      ...logs,
      [pictureName, drillSvg(report, text.title, pictureBackground())],
      [reportName, JSON.stringify(drillJson(report))],
      [timelineLinkName, timelineLinkText(logs.map(([name]) => name))],
    ]),
  };
}
