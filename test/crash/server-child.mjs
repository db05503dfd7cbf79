// The process that is killed: the embedded server and nothing else. It reads its modules, says that it is warm, and
// opens the database at a word, so that a cycle costs the recovery and not the start of Node.js.
const [modulePath, directory, expiryMs] = process.argv.slice(2);
const { startEmbeddedMongodb } = await import(modulePath);

let server = null;
process.on('message', (word) => {
  const work = word === 'open' ? open() : server.close().then(() => process.exit(0));
  work.catch((error) => {
    process.send({ failed: error.message, code: error.code });
  });
});
async function open() {
  const onFailure = (failure) => process.send({ failure });
  server = await startEmbeddedMongodb({ directory, expiryMs: Number(expiryMs), onFailure });
  process.send({ uri: server.uri });
}
process.send('warm');
