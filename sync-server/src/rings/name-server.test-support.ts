/** A name server on this machine: it gives one name its addresses, or keeps silent. */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

const TYPE_BY_FAMILY = { 4: 1, 6: 28 } as const;
const HEADER_BYTES = 12;
/** Points to the name in the question (RFC 1035, 4.1.4). */
const SAME_NAME = [0xc0, HEADER_BYTES];

/** `addresses` null: nothing is ever answered. An IPv6 address is written in full, `2606:4700:0:0:0:0:0:1`. */
export async function startNameServer(addresses: readonly string[] | null) {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', (query, from) => {
    asked += 1;
    if (addresses !== null) socket.send(answerTo(query, addresses), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function answerTo(query: Buffer, addresses: readonly string[]): Buffer {
  const nameEnd = query.indexOf(0, HEADER_BYTES) + 1;
  const question = query.subarray(HEADER_BYTES, nameEnd + 4);
  const type = query.readUInt16BE(nameEnd);
  const answers = addresses
    .map((address) => ({ bytes: bytesOf(address), type: TYPE_BY_FAMILY[isIPv6(address) ? 6 : 4] }))
    .filter((one) => one.type === type)
    .map(({ bytes }) => Buffer.from([...SAME_NAME, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]));
  const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, answers.length, 0, 0, 0, 0]);
  return Buffer.concat([header, question, ...answers]);
}

function bytesOf(address: string): readonly number[] {
  if (!isIPv6(address)) return address.split('.').map(Number);
  return address.split(':').flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
