import assert from 'node:assert/strict';
import type { Lab, NodeSpec } from '../../src/core/model/lab';
import { readLabFile } from '../../src/core/model/labFile';
import { defaultPlan, writeLabFile, type LabPlan } from '../../src/core/model/labPlan';

/** A lab as a lab.json with these changes to the usual plan makes it: one master, two replicas, three Sentinels. */
export function makeLab(changes: Partial<LabPlan> = {}): Lab {
  const plan = { ...defaultPlan('first-lab', changes), ...changes };
  return labOf(writeLabFile(plan, undefined));
}

/** The lab of a lab.json that has no fault. */
export function labOf(text: string): Lab {
  const result = readLabFile(text, 'folder');
  assert.ok('lab' in result, JSON.stringify(result));
  return result.lab;
}

/** The node with this port. */
export function nodeAt(lab: Lab, port: number): NodeSpec {
  const node = lab.nodes.find(candidate => candidate.port === port);
  assert.ok(node, `no node ${port}`);
  return node;
}
