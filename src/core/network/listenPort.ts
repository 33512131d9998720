/** How far the port on which a node listens lies from the one by which it is known. */
const distance = 12_000;
/** Ports below need the rights of root on many systems. */
const lowestUserPort = 1_024;

/**
 * The port on which a node of a lab with a network listens; `port` is the one by which all others know it. Lower than it where there
 * is room, because higher ones (from 32768 on Linux) may belong to any outgoing connection.
 */
export function listenPortOf(port: number): number {
  return port - distance < lowestUserPort ? port + distance : port - distance;
}
