import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import { processInfo } from '../../src/node/process/processInfo';
import { until } from '../support/until';
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
