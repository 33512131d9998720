import { openConnection } from './connection';

/** Sends one command on a connection of its own and gives the reply; an error reply is thrown. */
export async function sendCommand(
  port: number,
  password: string | undefined,
  command: string,
  ...args: readonly string[]
): Promise<unknown> {
  const client = await openConnection(port, password);
  try {
    return await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
}
