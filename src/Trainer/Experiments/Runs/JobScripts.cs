using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using k8s;
using k8s.Models;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>The runs of an experiment as jobs of an engine that others keep: a Slurm array, a Kubernetes Indexed Job. Each job is the same command with another number.</summary>
internal static class JobScripts
{
    private const string IndexVariable = "RUN_INDEX", Storage = "experiment";

    /// <summary>A script for sbatch: one array task for each run that is not done.</summary>
    /// <param name="name">Name of the experiment.</param>
    /// <param name="command">The command that runs one, without its number.</param>
    /// <param name="numbers">Numbers of the runs that are not done, at least one.</param>
    /// <param name="logs">Folder for the tasks' output.</param>
    public static string Slurm(string name, IReadOnlyList<string> command, IReadOnlyList<int> numbers, string logs) => string.Join('\n',
    [
        "#!/bin/bash",
        $"#SBATCH --job-name={name}",
        $"#SBATCH --array={string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}",
        "#SBATCH --cpus-per-task=1",
        "#SBATCH --mem=2G",
        "# A task that is preempted or whose node fails goes on from its checkpoint.",
        "#SBATCH --requeue",
        "#SBATCH --open-mode=append",
        $"#SBATCH --output={logs}/slurm-%a.log",
        $"exec {string.Join(' ', command.Select(Quoted))} --job \"$SLURM_ARRAY_TASK_ID\"",
        "",
    ]);

    /// <summary>An Indexed Job as YAML: one index for each run; what is done ends at once.</summary>
    /// <param name="name">Name of the experiment.</param>
    /// <param name="command">The command that runs one, without its number; its folders lie below /work.</param>
    /// <param name="count">Runs.</param>
    /// <param name="image">Container image with adapter-train.</param>
    /// <param name="claim">Persistent volume claim that holds experiment, corpus and runs, mounted at /work.</param>
    public static string Kubernetes(string name, IReadOnlyList<string> command, int count, string image, string claim) => KubernetesYaml.Serialize(new V1Job
    {
        ApiVersion = V1Job.KubeGroup + "/" + V1Job.KubeApiVersion,
        Kind = V1Job.KubeKind,
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1JobSpec
        {
            CompletionMode = "Indexed",
            Completions = count,
            Parallelism = Math.Min(count, 8),
            BackoffLimitPerIndex = 3,
            Template = new V1PodTemplateSpec
            {
                Spec = new V1PodSpec
                {
                    RestartPolicy = "Never",
                    Containers =
                    [
                        new V1Container
                        {
                            Name = "run",
                            Image = image,
                            WorkingDir = "/work",
                            Command = [.. command, "--job", $"$({IndexVariable})"],
                            Env =
                            [
                                new V1EnvVar
                                {
                                    Name = IndexVariable,
                                    ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "metadata.annotations['batch.kubernetes.io/job-completion-index']" } },
                                },
                            ],
                            Resources = new V1ResourceRequirements
                            {
                                Requests = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["cpu"] = new ResourceQuantity("1"), ["memory"] = new ResourceQuantity("2Gi") },
                            },
                            VolumeMounts = [new V1VolumeMount { Name = Storage, MountPath = "/work" }],
                        },
                    ],
                    Volumes = [new V1Volume { Name = Storage, PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = claim } }],
                },
            },
        },
    });

    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=".Contains(c, StringComparison.Ordinal)) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
