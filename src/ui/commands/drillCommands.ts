import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { labObstacles } from '../../core/drill/scenarioLab';
import type { Scenario } from '../../core/drill/scenario';
import { HumanError } from '../../core/humanError';
import { serverNodes } from '../../core/model/lab';
import { labDescription } from '../../core/view/labRows';
import { scenarioChoices, type ToldScenario } from '../../core/view/scenarioChoices';
import type { DrillContext } from '../drills/drillContext';
import { Cancelled } from '../errors';
import type { OpenedLab } from '../labs/labEntry';
import { isNodeRef } from '../labs/nodeRef';
import type { CommandBody } from './commandContext';
import { pickLab } from './pickTarget';

/** What a lab lacks for a scenario, one sentence each. */
type Obstacles = (scenario: Scenario) => readonly string[];

const runDrill: CommandBody = async ({ catalog, drilling }, target) => {
  if (!vscode.workspace.isTrusted)
    throw new HumanError(
      l10n.t(
        'This workspace is not trusted, so no drill is done in it. "Manage Workspace Trust" changes that.',
      ),
    );
  const named = isNodeRef(target) ? (await pickLab(catalog, target)).lab : undefined;
  const told = await pickScenario(drilling, named && (await obstaclesOf(named)));
  const lab = named ?? (await pickPlace(told.scenario, drilling));
  const fits = lab && (await obstaclesOf(lab))(told.scenario).length === 0;
  await drillIn(fits ? lab : undefined, told, drilling);
};

async function obstaclesOf(lab: OpenedLab): Promise<Obstacles> {
  const { session, folder } = lab;
  const [first] = serverNodes(session.lab);
  const password = first !== undefined && (await folder.passwordOf(first)) !== undefined;
  return ({ lab: needs }) => labObstacles(needs, session.lab, { network: session.lab.network, password });
}

async function pickScenario(
  { programs, l10nFolder }: DrillContext,
  obstacles: Obstacles | undefined,
): Promise<ToldScenario> {
  const [{ builtInScenarios }, { workspaceScenarios }] = await Promise.all([
    import('../../node/drill/allScenarios'),
    import('../drills/scenarioFiles'),
  ]);
  const own = await workspaceScenarios();
  const builtIn = builtInScenarios(programs, l10nFolder, vscode.env.language);
  const picked = await vscode.window.showQuickPick(scenarioChoices([...own, ...builtIn], obstacles), {
    title: l10n.t('Run a drill'),
    placeHolder: l10n.t('What is to be broken; everything is undone afterwards'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) throw new Cancelled();
  return picked;
}

/** The lab in which a person wants a drill; undefined: one of its own. */
async function pickPlace(scenario: Scenario, { catalog }: DrillContext): Promise<OpenedLab | undefined> {
  const fit: OpenedLab[] = [];
  for (const { opened } of catalog.labs)
    if (opened && (await obstaclesOf(opened))(scenario).length === 0) fit.push(opened);
  if (fit.length === 0) return undefined;
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: `$(beaker) ${l10n.t('In a Lab of Its Own')}`,
        detail: l10n.t('Made for this drill in a temporary folder, and removed afterwards'),
        lab: undefined,
      },
      ...fit.map(lab => ({
        label: `$(database) ${lab.session.lab.name}`,
        description: labDescription(lab.session.store.state),
        detail: lab.folder.paths.directory,
        lab,
      })),
    ],
    { title: l10n.t('Where to do the drill'), placeHolder: l10n.t('Choose a lab') },
  );
  if (!picked) throw new Cancelled();
  return picked.lab;
}

async function drillIn(
  lab: OpenedLab | undefined,
  { scenario, text }: ToldScenario,
  context: DrillContext,
): Promise<void> {
  const title = l10n.t('Drill: {0}', text.title ?? scenario.name);
  const [{ doOneDrill }, { drillPage }] = await Promise.all([
    import('../drills/oneDrill'),
    import('../drills/drillPage'),
  ]);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      await doOneDrill(scenario, context, {
        lab,
        token,
        asks: true,
        ...(lab
          ? { ifNotReady: l10n.t('Run the drill again and choose "Run Anyway" to begin all the same.') }
          : {}),
        tell: message => {
          progress.report({ message });
          context.log.info(`${title}: ${message}`);
        },
        onReport: async report => context.pages.show(await drillPage(report, text)),
      });
    },
  );
}

const compareDrills: CommandBody = async ({ drilling }) => {
  const { compareTwoDrills } = await import('../drills/drillComparison');
  await compareTwoDrills(drilling.pages);
};

/** Of a test in the Test Explorer. */
const openDrillReport: CommandBody = async ({ drillTests }, target) => drillTests.openReport(target);

export const drillCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.runDrill]: runDrill,
  [commandIds.compareDrills]: compareDrills,
  [commandIds.openDrillReport]: openDrillReport,
};
