'use strict';
// The runner passes no arguments to a step of an action; so the post step has a file of its own.
require('./launcher.js').main(['post']);
