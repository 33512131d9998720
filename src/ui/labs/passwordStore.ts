import type * as vscode from 'vscode';

/** Passwords that a person typed for nodes whose conf does not tell them, in VS Code's own secret storage. */
export class PasswordStore {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async get(directory: string, node: string): Promise<string | undefined> {
    return this.secrets.get(keyOf(directory, node));
  }

  async set(directory: string, node: string, password: string): Promise<void> {
    if (password === '') await this.secrets.delete(keyOf(directory, node));
    else await this.secrets.store(keyOf(directory, node), password);
  }
}

function keyOf(directory: string, node: string): string {
  return `password:${directory}:${node}`;
}
