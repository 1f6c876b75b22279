import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { now } from './clock.ts';
import { Direction, type End, type LineOptions } from './direction.ts';

/** What went over a line. */
export interface Traffic {
  /**
   * How many lay one after the other on the longest way to the last byte that came to the client. Undefined on a line
   * without latency, where nothing tells one from the other.
   */
  readonly roundTrips: number | undefined;
  /** In both directions. */
  readonly bytes: number;
}

interface Arrival {
  /** By `now()`. */
  readonly time: number;
  readonly at: 'client' | 'server';
  readonly bytes: number;
  readonly trips: number;
}

/**
 * A port of 127.0.0.1 that leads to another one as if it were far away: every byte takes the time that it takes with this
 * round trip, on a line like TCP the handshake and the slow start as well. Nothing is lost, and there is bandwidth enough.
 */
export class Line {
  readonly port: number;
  readonly roundTripMs: number;
  readonly #server: Server;
  readonly #ends: Set<End>;
  readonly #arrivals: Arrival[];

  private constructor(server: Server, roundTripMs: number, ends: Set<End>, arrivals: Arrival[]) {
    this.roundTripMs = roundTripMs;
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#ends = ends;
    this.#arrivals = arrivals;
  }

  static async start(targetPort: number, options: LineOptions): Promise<Line> {
    const { kind, roundTripMs } = options;
    const handshakeTrips = kind === 'tcp' ? 2 : 0;
    const ends = new Set<End>();
    const arrivals: Arrival[] = [];
    const endOf = (socket: Socket, trips: number): End => {
      const end = { socket, trips };
      ends.add(end);
      socket.once('close', () => ends.delete(end));
      return end;
    };
    const record = (at: Arrival['at']) => (bytes: number, trips: number) => {
      arrivals.push({ time: now(), at, bytes, trips });
    };
    const server = createServer({ noDelay: true, allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
      const client = endOf(socket, handshakeTrips);
      // The server hears of a client when the third packet of the handshake has come.
      setTimeout(
        () => {
          const way = { port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true };
          const target = endOf(connect(way), handshakeTrips === 0 ? 0 : handshakeTrips + 1);
          new Direction(client, target, options, record('server'));
          new Direction(target, client, options, record('client'));
          socket.resume();
        },
        (kind === 'tcp' ? 1.5 : 0) * roundTripMs,
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Line(server, roundTripMs, ends, arrivals);
  }

  /** What has arrived since the last `clear()`, up to a moment by `now()`. */
  traffic(until = Infinity): Traffic {
    const arrived = this.#arrivals.filter(({ time }) => time <= until);
    const toClient = arrived.filter(({ at }) => at === 'client');
    const trips = toClient.reduce((most, arrival) => Math.max(most, arrival.trips), 0);
    return {
      roundTrips: this.roundTripMs === 0 ? undefined : trips / 2,
      bytes: arrived.reduce((total, { bytes }) => total + bytes, 0),
    };
  }

  /** Counts from here on, also over connections that are open; they must be silent now. */
  clear(): void {
    this.#arrivals.length = 0;
    for (const end of this.#ends) end.trips = 0;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const { socket } of this.#ends) socket.destroy();
    await once(this.#server, 'close');
  }
}
