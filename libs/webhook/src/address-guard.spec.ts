import { describe, expect, it } from '@jest/globals';
import { addressGuard, ForbiddenAddressError } from './address-guard.js';

describe('the guard of outgoing requests', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '[::1]',
    '[fe80::1]',
    '[fc00::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::a00:1]',
    '[2002:7f00:1::]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '100.64.0.1',
    '168.63.129.16',
    '192.0.0.192',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    'localhost',
  ])('refuses %s', async (host) => {
    await expect(addressGuard([]).resolve(host)).rejects.toBeInstanceOf(ForbiddenAddressError);
  });

  it.each(['93.184.215.14', '[2606:2800:21f:cb07:6820:80da:af6b:8b2c]'])('lets %s through', async (host) => {
    await expect(addressGuard([]).resolve(host)).resolves.toHaveProperty('address');
  });

  it('lets an allowed network through, and no other', async () => {
    const guard = addressGuard(['127.0.0.0/8']);
    await expect(guard.resolve('127.0.0.1')).resolves.toEqual({ address: '127.0.0.1', family: 4 });
    await expect(guard.resolve('10.0.0.1')).rejects.toThrow('WEBHOOK_ALLOWED_NETWORKS');
  });
});
