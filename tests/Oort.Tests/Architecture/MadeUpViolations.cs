// Types that break the order of the layers, each in its own way: the tests let the checker find them.
#pragma warning disable CA1812, CA1823, CS0169, CS0649, IDE0044, IDE0051, CA1852

namespace Oort.Tests.Architecture.MadeUp.Potentials
{
    internal abstract class BreaksInBase : Oort.DistributionFunctions.DistributionFunction;

    internal sealed class BreaksInField
    {
        private readonly List<Oort.Models.Galaxy[]> galaxies = [];
    }

    internal static class BreaksInSignature
    {
        public static int Count(ReadOnlySpan<Oort.Actions.ActionTriple> actions) => actions.Length;
    }

    internal static class BreaksInBody
    {
        public static object Value() => Oort.Models.ModelAccuracy.Default;
    }

    internal static class BreaksInLambda
    {
        public static Func<string, object> Reader { get; } = text => Oort.Definitions.ModelFile.Parse(text);
    }

    internal static class BreaksInTypeOf
    {
        public static Type Value() => typeof(Oort.Orbits.OrbitPoint);
    }

    internal sealed class BreaksInConstraint<T>
        where T : Oort.Actions.ActionFinder;

    internal static class KeepsToTheRules
    {
        public static double Value() => Oort.Potentials.CircularMotion.Speed(new Oort.Potentials.Plummer(1e10, 1), Oort.Coordinates.Units.G);
    }
}

namespace Oort.Tests.Architecture.MadeUp.Numerics
{
    internal static class BreaksBySeeingPhysics
    {
        public static Oort.Coordinates.CylindricalPoint Value() => default;
    }

    internal static class MayThrowOurExceptions
    {
        public static Exception Value() => new NumericalException("no bracket");
    }
}

namespace Oort.Tests.Architecture.MadeUp.Utilities
{
    internal static class BreaksByBeingNoLayer
    {
        public static object Value() => new Oort.Potentials.Plummer(1e10, 1);
    }
}

namespace Oort.Tests.Architecture.MadeUp.Models
{
    internal static class BreaksByTalking
    {
        public static void Say() => Console.WriteLine("<p>hello</p>");
    }
}
