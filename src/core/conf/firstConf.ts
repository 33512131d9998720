import type { Lab, NodeSpec } from '../model/lab';
import { writeRedisConf, type ConfContext } from './redisConf';
import { writeSentinelConf } from './sentinelConf';

/** The first form of a node's conf. */
export function writeFirstConf(lab: Lab, node: NodeSpec, context: ConfContext): string {
  return node.kind === 'server' ? writeRedisConf(lab, node, context) : writeSentinelConf(lab, node, context);
}
