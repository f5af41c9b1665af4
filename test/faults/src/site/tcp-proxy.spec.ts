import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { until } from '../until.js';
import { TcpProxy } from './tcp-proxy.js';

describe('the network between a service and a server', () => {
  let echo: Server;
  let proxy: TcpProxy;
  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.listen((echo.address() as AddressInfo).port);
  });
  afterEach(() => {
    proxy.cut();
    echo.close();
  });

  const open = async (): Promise<Socket> => {
    const socket = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  /** Of a reset one the error comes first, and "once" would throw it. */
  const closing = (socket: Socket): Promise<void> => new Promise((closed) => socket.once('close', () => closed()));
  const said = async (socket: Socket, text: string): Promise<string> => {
    socket.write(text);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString();
  };

  it('carries what is said both ways', async () => {
    expect(await said(await open(), 'hello')).toBe('hello');
  });

  it('is slow where it is told to be', async () => {
    proxy.poison({ latencyMs: 60 });
    const began = performance.now();
    await said(await open(), 'hello');
    expect(performance.now() - began).toBeGreaterThanOrEqual(118);
  });

  it('ends open connections and refuses new ones while it is cut, and is itself again on the same port', async () => {
    const socket = await open();
    await said(socket, 'hello');
    const closed = closing(socket);
    proxy.cut();
    await closed;
    const refused = connect(proxy.port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    await proxy.mend();
    expect(await said(await open(), 'again')).toBe('again');
  });

  it('refuses where the server itself is gone, and is there again with it', async () => {
    const { port } = echo.address() as AddressInfo;
    await new Promise((closed) => echo.close(closed));
    await open().then(closing, () => undefined); // the first one finds out
    const refused = connect(proxy.port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    echo.listen(port, '127.0.0.1');
    expect(await until(async () => (await said(await open(), 'hello')) === 'hello', 5, 20)).toBe(true);
  });

  it('resets connections after a while where it is told to', async () => {
    const socket = await open();
    proxy.poison({ resetAfterMs: 20 });
    await closing(socket);
    expect(socket.destroyed).toBe(true);
  });
});
