using System;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Runs;
using k8s;
using k8s.Models;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments.Runs;

public sealed class JobScriptsTests
{
    private static readonly string[] Command = ["adapter-train", "experiment", "docs/e.json", "-o", "my runs"];

    [Fact]
    public void An_array_task_for_each_run_that_is_not_done()
    {
        string[] lines = JobScripts.Slurm("paper", Command, [0, 3, 4], "out").Split('\n');
        Assert.Equal("#!/bin/bash", lines[0]);
        Assert.Contains("#SBATCH --array=0,3,4", lines);
        Assert.Contains("#SBATCH --requeue", lines);
        Assert.Equal("exec adapter-train experiment docs/e.json -o 'my runs' --job \"$SLURM_ARRAY_TASK_ID\"", lines[^2]);
        Assert.All(lines[1..^2], line => Assert.StartsWith("#", line, StringComparison.Ordinal));
    }

    [Fact]
    public void An_indexed_job_reads_back_as_one()
    {
        V1Job job = KubernetesYaml.Deserialize<V1Job>(JobScripts.Kubernetes("paper", Command, 41, "registry/adapter-train:1", "data"), strict: true);
        Assert.Equal(("batch/v1", "Job", "paper"), (job.ApiVersion, job.Kind, job.Metadata.Name));
        Assert.Equal(("Indexed", 41, 8), (job.Spec.CompletionMode, job.Spec.Completions, job.Spec.Parallelism));
        V1Container container = job.Spec.Template.Spec.Containers.Single();
        Assert.Equal([.. Command, "--job", "$(RUN_INDEX)"], container.Command);
        Assert.Equal("metadata.annotations['batch.kubernetes.io/job-completion-index']", container.Env.Single(variable => variable.Name == "RUN_INDEX").ValueFrom.FieldRef.FieldPath);
        Assert.Equal("data", job.Spec.Template.Spec.Volumes.Single(volume => volume.Name == container.VolumeMounts.Single().Name).PersistentVolumeClaim.ClaimName);
        Assert.Equal("Never", job.Spec.Template.Spec.RestartPolicy);
    }
}
