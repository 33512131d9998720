import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import { processInfo } from '../../src/node/process/processInfo';
import { until } from '../support/until';
import { answerLists } from './support/answers';
import { extension, showView } from './support/extension';
import { TestLab } from './support/testLab';

describe('a lab with a network', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;

  before(async () => {
    api = await extension();
    await showView();
    lab = await TestLab.write(api, 'network-lab', { replicas: 1, sentinels: 1, network: true });
    await lab.appears();
  });
  after(() => lab.remove());

  const pid = (): number => lab.opened.session.store.state.network?.record?.pid ?? 0;
  const tooltip = (): unknown => {
    const { element } = lab.labRow;
    return api.tree.resolveTreeItem(api.tree.getTreeItem(element), element).tooltip;
  };

  it('starts with its network, which the tooltip tells', async () => {
    await lab.run(commandIds.startLab);
    await lab.ready();
    assert.ok(await processInfo(pid()));
    assert.match(String(tooltip()), new RegExp(`\\nNetwork: running \\(pid ${pid()}\\)$`));
    const [server = 0, replica = 0] = lab.servers;
    assert.equal(lab.node(replica).info?.masterPort, server);
    assert.equal(lab.group(server), 'masters');
  });

  it('has links cut and slowed down from the row of a node', async () => {
    const [server = 0, replica = 0] = lab.servers;
    const breaks = async (...picks: readonly string[]): Promise<void> => {
      const answers = answerLists(...picks);
      try {
        await lab.run(commandIds.breakNode, replica);
      } finally {
        answers.dispose();
      }
    };
    await breaks('Cut Link', `redis-${server}`, `Only from redis-${replica} to`);
    await lab.until('the row tells', () => lab.row(replica).description.endsWith(`cut to ${server}`));
    const { showInputBox } = vscode.window;
    Object.defineProperty(vscode.window, 'showInputBox', {
      value: async (options: vscode.InputBoxOptions) => {
        assert.match(
          JSON.stringify(await options.validateInput?.('soon')),
          /^"How much later .+ at most 10m"$/,
        );
        return options.value;
      },
      configurable: true,
    });
    try {
      await breaks('Slow Link', 'All Other Nodes', 'Both Directions');
    } finally {
      Object.defineProperty(vscode.window, 'showInputBox', { value: showInputBox, configurable: true });
    }
    await lab.until('the row tells', () =>
      lab.row(server).description.includes(`200 ms late from ${replica}`),
    );
    const active = await lab.opened.faults.active();
    assert.deepEqual(
      active.map(({ fault }) => fault.type),
      ['cut', 'delay', 'delay'],
    );
    await lab.run(commandIds.undoAllFaults);
    await lab.ready();
    assert.doesNotMatch(lab.row(replica).description, /cut|late/);
  });

  it('tells first that its network is gone, and gets it back with a start', async () => {
    const former = pid();
    process.kill(former, 'SIGKILL');
    await lab.until('the row tells', () =>
      lab.labRow.description.startsWith('degraded: the network of the lab has ended'),
    );
    await lab.run(commandIds.startLab);
    await lab.ready();
    assert.notEqual(pid(), former);
  });

  it('ends with its network', async () => {
    const former = pid();
    await lab.run(commandIds.stopLab);
    await until('the network is gone', async () => (await processInfo(former)) === undefined);
    assert.equal(lab.labRow.description, 'stopped');
    const left = await vscode.workspace.fs.readDirectory(
      vscode.Uri.joinPath(vscode.Uri.file(lab.directory), 'run'),
    );
    assert.deepEqual(
      left.filter(([name]) => name.startsWith('network')),
      [],
    );
  });
});
