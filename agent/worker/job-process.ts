// The process of a job: the framework's own program, which takes the file of an agent as its argument,
// bundled so that both use one copy of the framework.
import '../../node_modules/@livekit/agents/dist/ipc/job_proc_lazy_main.js';
