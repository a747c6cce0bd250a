using Xunit;
using YamlDotNet.RepresentationModel;

namespace OneDoor.Tidy;

public class KubernetesTests
{
    private static readonly (RepositoryFile File, YamlMappingNode Root)[] Manifests =
    [
        .. Repository.Files.Where(file => file.IsUnder("k8s") && file.Name.EndsWith(".yaml", StringComparison.Ordinal)).SelectMany(file =>
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(file.Text));
            return stream.Documents.Select(document => (file, (YamlMappingNode)document.RootNode));
        }),
    ];

    [Fact]
    public void Every_container_is_bounded_and_runs_as_nobody_in_particular() => Pods()
        .SelectMany(pod => Containers(pod.Spec).SelectMany(container => Lacking(pod.Spec, container).Select(what => $"{pod.File.At(1)} {Text(container, "name")} lacks {what}")))
        .MustBeEmpty("The namespace enforces the Pod Security standard 'restricted', and nothing takes more than its share:");

    [Fact]
    public void The_namespace_takes_no_pod_that_is_not_restricted() => Assert.Equal(
        "restricted", Text(At(Manifests.Single(m => Text(m.Root, "kind") == "Namespace").Root, "metadata", "labels")!, "pod-security.kubernetes.io/enforce"));

    [Fact]
    public void Every_service_has_policies_for_both_directions_and_identity_is_reached_by_the_ingress_controller_alone()
    {
        var policies = Manifests.Where(m => m.File.IsUnder("k8s") && m.File.Path.StartsWith("k8s/base/", StringComparison.Ordinal) && Text(m.Root, "kind") == "NetworkPolicy")
            .ToDictionary(m => Text(At(m.Root, "metadata")!, "name"), m => At(m.Root, "spec")!);
        Pods().Select(pod => Text(At(pod.Template, "metadata", "labels")!, "app.kubernetes.io/name"))
            .Where(name => !policies.TryGetValue(name, out var policy) || List(policy, "policyTypes").Count() != 2 || Text(At(policy, "podSelector", "matchLabels")!, "app.kubernetes.io/name") != name)
            .MustBeEmpty("Each pod has a policy of its own for what reaches it and what it reaches:");
        // A rule that names nobody lets everybody in.
        var from = List(Assert.Single(List(policies["identity"], "ingress")), "from").ToArray();
        // Both selectors in one entry: either pods of the namespace or the label alone would let others in.
        Assert.Equal("controller", Text(At(Assert.Single(from), "podSelector", "matchLabels")!, "app.kubernetes.io/component"));
        Assert.Equal("ingress-nginx", Text(At(from[0], "namespaceSelector", "matchLabels")!, "kubernetes.io/metadata.name"));
    }

    [Fact]
    public void Production_names_images_by_digest_and_believes_one_proxy()
    {
        var prod = Manifests.Single(m => m.File.Path == "k8s/overlays/prod/kustomization.yaml").Root;
        Assert.All(List(prod, "images"), image => Assert.StartsWith("sha256:", Text(image, "digest"), StringComparison.Ordinal));
        Assert.Contains("Proxy__Count=1", Settings(prod));
        // Without it whoever asks says by Host where papers lead and what the source of events is.
        Assert.Contains(Settings(prod), setting => setting.StartsWith("Platform__Address=https://", StringComparison.Ordinal));
        // Nor does it take from what it is laid over the framework's own switch, which would believe one entry more.
        Assert.DoesNotContain(Manifests.SelectMany(m => Settings(m.Root)), setting => setting.StartsWith("ASPNETCORE_FORWARDEDHEADERS", StringComparison.Ordinal));
    }

    [Fact]
    public void The_ingress_lets_files_through_and_nobodys_own_certificate_header_and_logs_nothing_that_is_nobodys_to_know()
    {
        var ingresses = Manifests.Where(m => Text(m.Root, "kind") == "Ingress").Select(m => m.Root).ToArray();
        Assert.NotEmpty(ingresses);
        Assert.All(ingresses, ingress =>
        {
            string Annotated(string name) => Text(At(ingress, "metadata", "annotations")!, $"nginx.ingress.kubernetes.io/{name}");
            Assert.Equal("21m", Annotated("proxy-body-size"));
            // A secret of TLS has no authority, and without one the controller passes on the header that a caller wrote.
            Assert.Equal("onedoor/onedoor-client-ca", Annotated("auth-tls-secret"));
            Assert.DoesNotContain(List(At(ingress, "spec")!, "tls"), tls => Text(tls, "secretName") == "onedoor-client-ca");
        });
        var unlogged = ingresses.Where(ingress => Text(At(ingress, "metadata", "annotations")!, "nginx.ingress.kubernetes.io/enable-access-log") == "false")
            .SelectMany(ingress => List(At(ingress, "spec")!, "rules")).SelectMany(rule => List(At(rule, "http")!, "paths").Select(path => $"{Text(rule, "host")}{Text(path, "path")}"));
        Assert.Equal(
            ["api.onedoor.example/graphql", "api.onedoor.example/mail", "api.onedoor.example/v1/batches", "api.onedoor.example/v1/complaints", "api.onedoor.example/v1/licences", "api.onedoor.example/verify", "id.onedoor.example/"],
            unlogged.Order(StringComparer.Ordinal));
    }

    [Fact] // Identity would go by them, too.
    public void Limits_of_the_api_are_told_to_the_api_alone()
    {
        Assert.DoesNotContain(Manifests.SelectMany(m => Settings(m.Root, "onedoor")), setting => setting.StartsWith("RateLimit__", StringComparison.Ordinal));
        var told = Pods().SelectMany(pod => Containers(pod.Spec)).ToLookup(container => Text(container, "image"), container => List(container, "envFrom").Select(from => At(from, "configMapRef", "name")?.ToString()));
        Assert.Contains(told["onedoor-api"], names => names.Contains("onedoor-api"));
        Assert.DoesNotContain(told["onedoor-identity"], names => names.Contains("onedoor-api"));
    }

    private static IEnumerable<string> Settings(YamlNode kustomization, string? of = null) =>
        List(kustomization, "configMapGenerator").Where(map => of is null || Text(map, "name") == of).SelectMany(map => List(map, "literals")).Select(literal => ((YamlScalarNode)literal).Value!);

    private static IEnumerable<(RepositoryFile File, YamlNode Template, YamlNode Spec)> Pods() => Manifests
        .Where(m => Text(m.Root, "kind") is "Deployment" or "Job")
        .Select(m => (m.File, At(m.Root, "spec", "template")!, At(m.Root, "spec", "template", "spec")!));

    private static IEnumerable<YamlNode> Containers(YamlNode pod) => List(pod, "initContainers").Concat(List(pod, "containers"));

    private static IEnumerable<string> Lacking(YamlNode pod, YamlNode container)
    {
        foreach (var amount in new[] { "memory", "ephemeral-storage" })
        {
            if (At(container, "resources", "requests", amount) is null || At(container, "resources", "limits", amount) is null)
                yield return $"requests and limits of {amount}";
        }
        if (Text(At(pod, "securityContext")!, "runAsUser") is "" or "0")
            yield return "runAsUser";
        if (At(container, "securityContext", "capabilities", "drop") is null || Text(At(container, "securityContext")!, "allowPrivilegeEscalation") != "false")
            yield return "a securityContext without privileges";
        if (List(pod, "volumes").Any(volume => At(volume, "emptyDir") is not null && At(volume, "emptyDir", "sizeLimit") is null))
            yield return "a sizeLimit";
        if (At(container, "ports") is not null && (At(container, "startupProbe") is null || Text(At(container, "readinessProbe", "httpGet")!, "port") != "health"))
            yield return "a startup probe, or a readiness probe at the port of health";
    }

    private static YamlNode? At(YamlNode? node, params string[] path) =>
        path.Aggregate(node, (inner, name) => inner is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var next) ? next : null);

    private static IEnumerable<YamlNode> List(YamlNode node, string name) => At(node, name) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();

    private static string Text(YamlNode node, string name) => (At(node, name) as YamlScalarNode)?.Value ?? "";
}
