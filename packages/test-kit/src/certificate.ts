/**
 * A self-signed certificate for a test's https server, made here because a machine with Node need not have
 * openssl. X.509 v3 in DER (RFC 5280), ECDSA P-256 with SHA-256, good for two days.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export type Certificate = {
  readonly cert: string;
  readonly key: string;
  /** base64 SHA-256 of the public key: what Chromium takes in --ignore-certificate-errors-spki-list. */
  readonly spki: string;
};

const DAY_MS = 86_400_000;
const TAG = {
  integer: 2,
  bits: 3,
  octets: 4,
  oid: 6,
  utf8: 12,
  time: 23,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
} as const;
const OID = {
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
  commonName: [0x55, 4, 3],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const;
/** GeneralName: [2] dNSName, [7] iPAddress. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** `names` are host names or IPv4 addresses; the first is the common name. */
export function makeCertificate(names: readonly [string, ...string[]]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const algorithm = der(TAG.sequence, der(TAG.oid, Buffer.from(OID.ecdsaWithSha256)));
  const subject = der(
    TAG.sequence,
    der(
      TAG.set,
      der(TAG.sequence, der(TAG.oid, Buffer.from(OID.commonName)), der(TAG.utf8, Buffer.from(names[0]))),
    ),
  );
  const now = Date.now();
  const body = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    subject,
    der(TAG.sequence, utcTime(now - DAY_MS), utcTime(now + DAY_MS)),
    subject,
    spki,
    der(
      TAG.extensions,
      der(
        TAG.sequence,
        extension(OID.subjectAltName, der(TAG.sequence, ...names.map(generalName))),
        isAuthority(),
      ),
    ),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = der(TAG.sequence, body, algorithm, der(TAG.bits, Buffer.from([0]), signature));
  return {
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    spki: createHash('sha256').update(spki).digest('base64'),
  };
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const size =
    content.length < 0x100 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function extension(oid: readonly number[], value: Buffer): Buffer {
  return der(TAG.sequence, der(TAG.oid, Buffer.from(oid)), der(TAG.octets, value));
}

/** cA TRUE, so that a client may be told to trust the certificate itself. */
function isAuthority(): Buffer {
  return extension(OID.basicConstraints, der(TAG.sequence, Buffer.from([1, 1, 0xff])));
}

function generalName(name: string): Buffer {
  const octets = name.split('.').map(Number);
  const isAddress =
    octets.length === 4 && octets.every((one) => Number.isInteger(one) && one >= 0 && one < 256);
  return isAddress ? der(IP_ADDRESS, Buffer.from(octets)) : der(DNS_NAME, Buffer.from(name));
}

/** YYMMDDhhmmssZ. */
function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return der(TAG.time, Buffer.from(`${digits}Z`));
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
