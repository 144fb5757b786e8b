using System.Reflection;
using System.Reflection.Emit;

namespace Oort.Tests.Architecture;

/// <summary>
/// What compiled types use: base types, interfaces, constraints, fields, signatures, local variables, and every type, method
/// and field that the instructions of their methods name. Members the compiler made (lambdas, iterators) count for their type.
/// </summary>
public static class CompiledDependencies
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Instructions = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    /// <summary>Of some types, on all others that have a namespace.</summary>
    public static IEnumerable<Dependency> Of(IEnumerable<Type> types)
        => types.Where(t => t.Namespace is not null).SelectMany(t => UsedBy(t)
            .Where(u => u.Namespace is not null).Distinct().Select(u => new Dependency(t.Namespace!, u.Namespace!, $"{t.FullName} -> {u.Name}")));

    /// <summary>All types that a type uses.</summary>
    public static IEnumerable<Type> UsedBy(Type type)
    {
        IEnumerable<Type?> direct = [type.BaseType, .. type.GetInterfaces(), .. type.GetGenericArguments(), .. type.GetFields(All).Select(f => f.FieldType)];
        return direct.OfType<Type>().Concat(Methods(type).SelectMany(Signature)).SelectMany(Parts).Concat(
            Methods(type).SelectMany(Operands).OfType<MemberInfo>().SelectMany(Named));
    }

    /// <summary>Methods of other types that a type's instructions call.</summary>
    public static IEnumerable<MethodBase> CalledBy(Type type) => Methods(type).SelectMany(Operands).OfType<MethodBase>();

    /// <summary>Texts in a type's instructions.</summary>
    public static IEnumerable<string> TextsOf(Type type) => Methods(type).SelectMany(Operands).OfType<string>();

    private static IEnumerable<MethodBase> Methods(Type type)
        => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));

    private static IEnumerable<Type> Signature(MethodBase method)
        => method.GetParameters().Select(p => p.ParameterType)
            .Concat(method is MethodInfo m ? [m.ReturnType, .. m.GetGenericArguments()] : [])
            .Concat(method.GetMethodBody()?.LocalVariables.Select(l => l.LocalType) ?? [])
            .Concat(method.GetMethodBody()?.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType!) ?? []);

    private static IEnumerable<Type> Named(MemberInfo member) => member switch
    {
        Type t => Parts(t),
        FieldInfo f => Parts(f.DeclaringType).Concat(Parts(f.FieldType)),
        MethodBase m => Parts(m.DeclaringType)
            .Concat(m.IsGenericMethod ? m.GetGenericArguments().SelectMany(Parts) : [])
            .Concat(m.GetParameters().SelectMany(p => Parts(p.ParameterType)))
            .Concat(m is MethodInfo i ? Parts(i.ReturnType) : []),
        _ => [],
    };

    /// <summary>A type, what it is an array or a span of, its arguments and constraints.</summary>
    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null)
        {
            return [];
        }

        if (type.IsGenericParameter)
        {
            // A constraint may name the parameter again, as in T : IComparable<T>.
            return type.GetGenericParameterConstraints().SelectMany(c => c.IsGenericType ? [c] : Parts(c));
        }

        return type.HasElementType ? Parts(type.GetElementType())
            : type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition())
            : [type];
    }

    /// <summary>The members and texts that a method's instructions name.</summary>
    private static IEnumerable<object> Operands(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not byte[] code)
        {
            yield break;
        }

        Type[]? ofType = method.DeclaringType is { IsGenericType: true } d ? d.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = (short)(0xFE00 | code[at++]);
            }

            OperandType kind = Instructions[value].OperandType;
            if (kind is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                && method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod) is MemberInfo member)
            {
                yield return member;
            }
            else if (kind == OperandType.InlineString)
            {
                yield return method.Module.ResolveString(BitConverter.ToInt32(code, at));
            }

            at += kind switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
