import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GroupName } from '../../src/hosts/inventory/inventory.ts';
import type {
  Connecting,
  ImagesReading,
  MeasuredAnswer,
  MeasuredCall,
  MeasuredClient,
  Memory,
  Reading,
} from './measuredClient.ts';

/** The measured program as a process that has just been started. */
export class ClientProcess implements MeasuredClient {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  /** `bundleFolder` holds client.cjs, `home` the ~/.ssh/config that names the host of the URI. */
  constructor(bundleFolder: string, home: string, uri: string) {
    this.#process = fork(join(bundleFolder, 'client.cjs'), [home, uri], { execArgv: ['--expose-gc'] });
    this.#ended = once(this.#process, 'exit');
  }

  connect(groups: readonly GroupName[]): Promise<Connecting> {
    return this.#call('connect', groups);
  }

  loaded(): Promise<readonly GroupName[]> {
    return this.#call('loaded');
  }

  refresh(): Promise<Reading> {
    return this.#call('refresh');
  }

  awaitDomain(wanted: { readonly name: string; readonly state: number }): Promise<number> {
    return this.#call('awaitDomain', wanted);
  }

  images(pool: string): Promise<ImagesReading> {
    return this.#call('images', pool);
  }

  memory(): Promise<Memory> {
    return this.#call('memory');
  }

  async end(): Promise<void> {
    this.#process.disconnect();
    await this.#ended;
  }

  async #call<T>(method: keyof MeasuredClient, argument?: unknown): Promise<T> {
    const call: MeasuredCall = { method, argument };
    this.#process.send(call);
    const answered = await Promise.race([once(this.#process, 'message'), this.#ended.then(() => undefined)]);
    if (!answered) throw new Error('The measured program has ended.');
    const [answer] = answered as [MeasuredAnswer];
    if ('error' in answer) throw new Error(answer.error);
    return answer.result as T;
  }
}
