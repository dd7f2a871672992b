import accounts from '@/lib/messages/de/accounts.json' with { type: 'json' };
import agents from '@/lib/messages/de/agents.json' with { type: 'json' };
import call from '@/lib/messages/de/call.json' with { type: 'json' };
import callDetails from '@/lib/messages/de/callDetails.json' with { type: 'json' };
import caller from '@/lib/messages/de/caller.json' with { type: 'json' };
import calls from '@/lib/messages/de/calls.json' with { type: 'json' };
import catalogue from '@/lib/messages/de/catalogue.json' with { type: 'json' };
import checks from '@/lib/messages/de/checks.json' with { type: 'json' };
import doctor from '@/lib/messages/de/doctor.json' with { type: 'json' };
import embed from '@/lib/messages/de/embed.json' with { type: 'json' };
import endReasons from '@/lib/messages/de/endReasons.json' with { type: 'json' };
import evidence from '@/lib/messages/de/evidence.json' with { type: 'json' };
import join from '@/lib/messages/de/join.json' with { type: 'json' };
import language from '@/lib/messages/de/language.json' with { type: 'json' };
import letta from '@/lib/messages/de/letta.json' with { type: 'json' };
import limits from '@/lib/messages/de/limits.json' with { type: 'json' };
import listen from '@/lib/messages/de/listen.json' with { type: 'json' };
import models from '@/lib/messages/de/models.json' with { type: 'json' };
import privacy from '@/lib/messages/de/privacy.json' with { type: 'json' };
import production from '@/lib/messages/de/production.json' with { type: 'json' };
import productionTitles from '@/lib/messages/de/productionTitles.json' with { type: 'json' };
import rollouts from '@/lib/messages/de/rollouts.json' with { type: 'json' };
import rules from '@/lib/messages/de/rules.json' with { type: 'json' };
import scenarios from '@/lib/messages/de/scenarios.json' with { type: 'json' };
import settings from '@/lib/messages/de/settings.json' with { type: 'json' };
import shell from '@/lib/messages/de/shell.json' with { type: 'json' };
import simulations from '@/lib/messages/de/simulations.json' with { type: 'json' };
import stages from '@/lib/messages/de/stages.json' with { type: 'json' };
import start from '@/lib/messages/de/start.json' with { type: 'json' };
import telephony from '@/lib/messages/de/telephony.json' with { type: 'json' };
import transcriptExport from '@/lib/messages/de/transcriptExport.json' with { type: 'json' };
import whisper from '@/lib/messages/de/whisper.json' with { type: 'json' };
import why from '@/lib/messages/de/why.json' with { type: 'json' };

/** All messages of the language, by subject. */
export default {
  accounts,
  agents,
  call,
  callDetails,
  caller,
  calls,
  catalogue,
  checks,
  doctor,
  embed,
  endReasons,
  evidence,
  transcriptExport,
  join,
  language,
  letta,
  limits,
  listen,
  models,
  privacy,
  production,
  productionTitles,
  rollouts,
  rules,
  scenarios,
  settings,
  shell,
  simulations,
  stages,
  start,
  telephony,
  whisper,
  why,
};
