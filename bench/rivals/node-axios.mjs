// The step in Node with axios, which is what a JavaScript action would run.
import { appendFileSync } from 'node:fs';
import axios from 'axios';

const answer = await axios.post(
  process.env.TOKEN_URL,
  new URLSearchParams({ grant_type: 'client_credentials' }),
  {
    auth: { username: process.env.CLIENT_ID, password: process.env.CLIENT_SECRET },
    timeout: 60_000,
  },
);
const token = answer.data.access_token;
console.log(`::add-mask::${token}`);
appendFileSync(process.env.GITHUB_OUTPUT, `access-token=${token}\n`);
