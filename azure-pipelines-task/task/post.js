'use strict';
// The agent passes no arguments to a handler; so the stage after the job has a file of its own.
require('./launcher.js').main(['post']);
