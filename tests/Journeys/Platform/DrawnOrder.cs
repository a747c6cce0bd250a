using System.Security.Cryptography;
using System.Text;
using OneDoor.Platform;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: TestClassOrderer(typeof(DrawnOrder))]
[assembly: TestMethodOrderer(typeof(DrawnOrder))]

namespace OneDoor.Platform;

/// <summary>
/// Tests share one platform and one clock, and none may rely on another's having come before it: their order is drawn from
/// <c>TEST_SEED</c> and the name, so that another test changes the order of no two. The framework's own order follows from where the checkout lies.
/// </summary>
public sealed class DrawnOrder : ITestClassOrderer, ITestMethodOrderer
{
    public IReadOnlyCollection<T?> OrderTestClasses<T>(IReadOnlyCollection<T?> testClasses) where T : notnull, ITestClass =>
        Drawn(testClasses, @class => @class?.TestClassName ?? "");

    public IReadOnlyCollection<T?> OrderTestMethods<T>(IReadOnlyCollection<T?> testMethods) where T : notnull, ITestMethod =>
        Drawn(testMethods, method => method?.MethodName ?? "");

    private static T[] Drawn<T>(IReadOnlyCollection<T> tests, Func<T, string> name) =>
        [.. tests.OrderBy(test => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Randomizer.Seed} {name(test)}"))), StringComparer.Ordinal)];
}
