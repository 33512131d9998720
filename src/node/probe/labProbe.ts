import { randomBytes } from 'node:crypto';
import { labHost, sentinelNodes, serverNodes, type Lab, type NodeSpec } from '../../core/model/lab';
import {
  probeClientNames,
  probeDefaults,
  type ProbeClientName,
  type ProbeConfig,
} from '../../core/probe/probeConfig';

/** What may be chosen for a probe; the rest follows from the lab. */
export interface ProbeChoices {
  readonly clients?: readonly ProbeClientName[];
  readonly rate?: number;
  readonly timeout?: number;
  /** Whether replicas are read from, too. */
  readonly replicaReads?: boolean;
}

/** The configuration of a probe for a lab whose master is at this port now. Passwords are those that the confs have. */
export async function probeConfigFor(
  lab: Lab,
  master: number,
  passwordOf: (node: NodeSpec) => Promise<string | undefined>,
  choices: ProbeChoices = {},
): Promise<ProbeConfig> {
  const target = async (node: NodeSpec): Promise<ProbeConfig['servers'][number]> => ({
    port: node.port,
    password: await passwordOf(node),
  });
  const sentinels = sentinelNodes(lab);
  const possible = probeClientNames.filter(name => name !== 'sentinel' || sentinels.length > 0);
  const wanted = choices.clients ?? possible;
  return {
    run: randomBytes(4).toString('hex'),
    host: labHost,
    masterName: lab.masterName,
    sentinels: await Promise.all(sentinels.map(target)),
    servers: await Promise.all(serverNodes(lab).map(target)),
    master,
    clients: possible.filter(name => wanted.includes(name)),
    rate: choices.rate ?? probeDefaults.rate,
    timeout: choices.timeout ?? probeDefaults.timeout,
    readRate: choices.replicaReads ? probeDefaults.readRate : 0,
  };
}
