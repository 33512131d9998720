import { makeDrillReport, type DrillReport } from '../../core/drill/drillReport';
import type { Scenario } from '../../core/drill/scenario';
import { DrillRunner, type DrillOptions } from '../../lab/drill/drillRunner';
import { readReport } from '../files/readReport';
import { realDrillPorts } from './drillPorts';
import type { DrillLab } from './openDrillLab';

/** Does a scenario in an open lab and gives its report. `programs` is where `probe.js` is, absolute. */
export async function runDrill(
  drillLab: DrillLab,
  scenario: Scenario,
  programs: string,
  options: DrillOptions,
): Promise<DrillReport> {
  const ports = await realDrillPorts(drillLab, programs);
  const record = await new DrillRunner(ports).run(scenario, options);
  const { session, folder } = drillLab.lab;
  // From their beginning: that is where they say who wrote them.
  const story = await readReport(session.lab.nodes.map(node => folder.paths.log(node)));
  return makeDrillReport(record, story);
}
