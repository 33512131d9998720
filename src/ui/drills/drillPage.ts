import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import type { DrillReport } from '../../core/drill/drillReport';
import type { ScenarioText } from '../../core/drill/scenario';
import { drillJson } from '../../core/view/drillJson';
import { drillMarkdown } from '../../core/view/drillMarkdown';
import { drillSvg } from '../../core/view/drillSvg';
import { pictureBackground } from '../editor/pictureBackground';
import type { StoryPages } from '../editor/storyPages';
import { timelineLinkName, timelineLinkText } from '../timeline/timelineLink';
import { reportName } from './reportName';

const pictureName = 'report.svg';

/**
 * Shows the report of a drill as a page. The logs go with it: a lab of the drill's own is removed, and one of a person's writes on. To be
 * called while the lab is still there. A riddle says nothing of what to change.
 */
export async function showDrillPage(
  report: DrillReport,
  text: Partial<ScenarioText>,
  pages: StoryPages,
  isRiddle = false,
): Promise<vscode.Uri> {
  const { record, story } = report;
  const title = text.title ?? record.scenario.name;
  const logs = await Promise.all(
    story.nodes.map(async ({ file }) => [path.basename(file), await readFile(file, 'utf8')] as const),
  );
  const beside = new Map([
    ...logs,
    [pictureName, drillSvg(report, text.title, pictureBackground())],
    [reportName, JSON.stringify(drillJson(report))],
    [timelineLinkName, timelineLinkText(logs.map(([name]) => name))],
  ]);
  return pages.show(
    title,
    // Each drill keeps its page, so that two of the same scenario can be compared.
    `drill\n${record.scenario.name}\n${record.startedAt}`,
    linkTo =>
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
    beside,
  );
}
