// The process of a job: the framework's own program, which takes an agent's file as its argument,
// bundled so that both share one copy of the framework.
import '../../node_modules/@livekit/agents/dist/ipc/job_proc_lazy_main.js';
