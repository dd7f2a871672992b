import accounts from '@/lib/messages/en/accounts.json' with { type: 'json' };
import agents from '@/lib/messages/en/agents.json' with { type: 'json' };
import call from '@/lib/messages/en/call.json' with { type: 'json' };
import callDetails from '@/lib/messages/en/callDetails.json' with { type: 'json' };
import caller from '@/lib/messages/en/caller.json' with { type: 'json' };
import calls from '@/lib/messages/en/calls.json' with { type: 'json' };
import catalogue from '@/lib/messages/en/catalogue.json' with { type: 'json' };
import checks from '@/lib/messages/en/checks.json' with { type: 'json' };
import doctor from '@/lib/messages/en/doctor.json' with { type: 'json' };
import embed from '@/lib/messages/en/embed.json' with { type: 'json' };
import endReasons from '@/lib/messages/en/endReasons.json' with { type: 'json' };
import evidence from '@/lib/messages/en/evidence.json' with { type: 'json' };
import join from '@/lib/messages/en/join.json' with { type: 'json' };
import language from '@/lib/messages/en/language.json' with { type: 'json' };
import letta from '@/lib/messages/en/letta.json' with { type: 'json' };
import limits from '@/lib/messages/en/limits.json' with { type: 'json' };
import listen from '@/lib/messages/en/listen.json' with { type: 'json' };
import models from '@/lib/messages/en/models.json' with { type: 'json' };
import privacy from '@/lib/messages/en/privacy.json' with { type: 'json' };
import production from '@/lib/messages/en/production.json' with { type: 'json' };
import productionTitles from '@/lib/messages/en/productionTitles.json' with { type: 'json' };
import rollouts from '@/lib/messages/en/rollouts.json' with { type: 'json' };
import rules from '@/lib/messages/en/rules.json' with { type: 'json' };
import scenarios from '@/lib/messages/en/scenarios.json' with { type: 'json' };
import settings from '@/lib/messages/en/settings.json' with { type: 'json' };
import shell from '@/lib/messages/en/shell.json' with { type: 'json' };
import simulations from '@/lib/messages/en/simulations.json' with { type: 'json' };
import stages from '@/lib/messages/en/stages.json' with { type: 'json' };
import start from '@/lib/messages/en/start.json' with { type: 'json' };
import telephony from '@/lib/messages/en/telephony.json' with { type: 'json' };
import transcriptExport from '@/lib/messages/en/transcriptExport.json' with { type: 'json' };
import whisper from '@/lib/messages/en/whisper.json' with { type: 'json' };
import why from '@/lib/messages/en/why.json' with { type: 'json' };

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
