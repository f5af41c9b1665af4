export default async function stopServers() {
  await globalThis.handoffTestServers?.stop();
}
