import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DrillReport } from '../../core/drill/drillReport';
import type { ScenarioText } from '../../core/drill/scenario';
import { drillJson } from '../../core/view/drillJson';
import { drillMarkdown } from '../../core/view/drillMarkdown';
import { drillSvg } from '../../core/view/drillSvg';
import { plainLinks } from '../../core/view/markdown';
import { failedOn } from '../files/makeFolder';

/**
 * Writes the report of a drill into a folder: `report.md` with its picture `report.svg`, `report.json`, and the logs that it names. To
 * be called while the lab is still there.
 */
export async function writeDrill(
  report: DrillReport,
  text: Partial<ScenarioText>,
  directory: string,
): Promise<void> {
  const logs = join(directory, 'logs');
  await mkdir(logs, { recursive: true }).catch(failedOn(logs));
  const files = report.story.nodes.map(({ file }) => file);
  await Promise.all(files.map(file => copyFile(file, join(logs, basename(file))).catch(failedOn(logs))));
  const markdown = drillMarkdown(report, {
    text,
    picture: 'report.svg',
    links: { ...plainLinks, linkTo: (file, line) => `logs/${encodeURIComponent(basename(file))}#L${line}` },
  });
  const write = (name: string, content: string): Promise<void> =>
    writeFile(join(directory, name), content).catch(failedOn(join(directory, name)));
  await write('report.md', markdown);
  await write('report.svg', drillSvg(report, text.title));
  await write('report.json', `${JSON.stringify(drillJson(report), undefined, 2)}\n`);
}
