const [what, ...rest] = process.argv.slice(2)
const { run } = await import(`./evaluate/${what}.ts`) as { run(a: string[]): Promise<void> }
await run(rest)
