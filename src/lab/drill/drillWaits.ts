import type { Wait } from '../../core/drill/scenarioSteps';
import { isEventSought, isMessageSought } from '../../core/drill/seenLine';
import type { DrillScene } from './drillScene';
import { waitUntil, type Tells } from './waitUntil';
import { pause } from './pause';

/** How often the ready light is looked at, in milliseconds: each look asks every node. */
const lightInterval = 250;

/** Waits for what a step names; false when its time was over first. */
export async function waitForStep(wait: Wait, milliseconds: number, scene: DrillScene): Promise<boolean> {
  if (wait.for === 'ready') return waitForLight(scene, milliseconds);
  return waitUntil(condition(wait, scene), { sources: sourcesOf(scene), milliseconds, signal: scene.signal });
}

/** Waits for the ready light; false when the time was over first. */
export async function waitForLight(scene: DrillScene, milliseconds: number): Promise<boolean> {
  const end = scene.ports.now() + milliseconds;
  while (!(await scene.light()).isReady) {
    if (scene.ports.now() >= end) return false;
    await pause(lightInterval, scene.signal);
  }
  return true;
}

function sourcesOf({ ports, probe }: DrillScene): readonly Tells[] {
  return [
    listener => ports.session.store.onDidDispatch(listener),
    listener => ports.logs.onLines(listener),
    ...(probe ? [(listener: () => void) => probe.onChange(listener)] : []),
  ];
}

function condition(wait: Wait, scene: DrillScene): () => boolean {
  switch (wait.for) {
    case 'ready':
      throw new Error('the ready light is asked for, not told');
    case 'switched':
      return () => scene.hasSwitched;
    case 'event': {
      const nodes = namesOf(wait.node, scene);
      return () => scene.lines.filter(line => isEventSought(line, wait, nodes)).length >= wait.times;
    }
    case 'log': {
      const nodes = namesOf(wait.node, scene);
      return () =>
        scene.lines.filter(line => isMessageSought(line, wait.message, nodes)).length >= wait.times;
    }
    case 'role':
      return () => everyNode(wait.node, scene, name => scene.state.nodes[name]?.role === wait.is);
    case 'link':
      return () =>
        everyNode(wait.node, scene, name => {
          const node = scene.state.nodes[name];
          return node?.role === 'replica' && (node.info?.linkStatus ?? 'down') === wait.is;
        });
    case 'state':
      return () => everyNode(wait.node, scene, name => scene.state.nodes[name]?.status === wait.is);
    case 'probe': {
      const { is } = wait;
      return () =>
        is === 'writing'
          ? (scene.probe?.isWriting(wait.client) ?? false)
          : (scene.probe?.hasMet(wait.client, is) ?? false);
    }
  }
}

function namesOf(ref: string | undefined, scene: DrillScene): readonly string[] | undefined {
  return ref === undefined ? undefined : scene.namesOf(ref);
}

function everyNode(ref: string, scene: DrillScene, is: (name: string) => boolean): boolean {
  const names = scene.namesOf(ref);
  return names.length > 0 && names.every(is);
}
