using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Oort.Tests.Architecture;

/// <summary>The public surface of an assembly as text in C#'s words: sorted, a line for each type and member.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    /// <summary>The listing.</summary>
    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (IGrouping<string?, Type> space in assembly.GetExportedTypes().GroupBy(t => t.Namespace).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nnamespace {space.Key}\n");
            foreach (Type type in space.OrderBy(t => t.FullName, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {Header(type)}\n");
                foreach (string member in Members(type))
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Header(Type t)
    {
        bool isRecord = t.GetMethod("PrintMembers", Declared) is not null;
        string kind = t.IsEnum ? "enum"
            : t.IsInterface ? "interface"
            : t.IsValueType ? $"{(t.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(t.IsByRefLike ? "ref " : "")}{(isRecord ? "record " : "")}struct"
            : $"{(t.IsAbstract && t.IsSealed ? "static " : t.IsAbstract ? "abstract " : t.IsSealed ? "sealed " : "")}{(isRecord ? "record" : "class")}";
        string[] bases = [.. new[] { t.BaseType }.Where(b => b is not null && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum)).Concat(
            t.GetInterfaces().Where(i => !t.IsEnum && i.Name != "IEquatable`1" && t.BaseType?.IsAssignableTo(i) != true)).Select(b => Name(b!)).Order(StringComparer.Ordinal)];
        return $"{kind} {Name(t)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static string[] Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type);
        }

        bool isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        IEnumerable<(string Name, string Text)> fields = type.GetFields(Declared).Where(f => IsVisible(f.Attributes & FieldAttributes.FieldAccessMask))
            .Select(f => (f.Name, $"{(f.IsLiteral ? "const " : f.IsStatic ? "static readonly " : "readonly ")}{Annotated(Nullability.Create(f))} {f.Name}"));
        IEnumerable<(string Name, string Text)> properties = type.GetProperties(Declared)
            .Where(p => p.GetMethod is { } g && IsVisible(g) && !IsOverride(g) && p.Name != "EqualityContract").Select(p => (p.Name, Property(p)));
        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(c => IsVisible(c) && !IsCopy(c) && !(type.IsValueType && c.GetParameters().Length == 0))
            .Select(c => $"{Access(c)}{Name(type).Split('<')[0]}({Parameters(c)})");
        IEnumerable<(string Name, string Text)> methods = type.GetMethods(Declared).Where(m => IsVisible(m) && !IsOverride(m) && !m.IsDefined(typeof(CompilerGeneratedAttribute))
                && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) && !(isRecord && m.Name is "Deconstruct" or "<Clone>$"))
            .Select(m => (m.Name, $"{Access(m)}{Modifiers(m)}{Annotated(Nullability.Create(m.ReturnParameter))} {m.Name}"
                + $"{(m.IsGenericMethod ? $"<{string.Join(", ", m.GetGenericArguments().Select(a => a.Name))}>" : "")}({Parameters(m)})"));
        return [.. constructors.Order(StringComparer.Ordinal), .. Sorted(fields), .. Sorted(properties), .. Sorted(methods)];

        static IEnumerable<string> Sorted(IEnumerable<(string Name, string Text)> members)
            => members.OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Text, StringComparer.Ordinal).Select(m => m.Text);

        bool IsCopy(ConstructorInfo c) => isRecord && c.GetParameters() is [{ } only] && only.ParameterType == type;
    }

    private static string Property(PropertyInfo p)
    {
        MethodInfo get = p.GetMethod!;
        string name = p.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Parameter))}]" : p.Name;
        string set = p.SetMethod is { } s && IsVisible(s)
            ? s.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;" : "";
        string required = p.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(get)}{Modifiers(get)}{required}{Annotated(Nullability.Create(p))} {name} {{ get;{set} }}";
    }

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo p)
    {
        string by = p.IsDefined(typeof(ParamCollectionAttribute)) || p.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : !p.ParameterType.IsByRef ? "" : p.IsOut ? "out " : p.IsIn ? "in " : "ref ";
        string otherwise = !p.HasDefaultValue ? "" : p.RawDefaultValue switch
        {
            null when p.ParameterType.IsValueType && Nullable.GetUnderlyingType(p.ParameterType) is null => " = default",
            null => " = null",
            string s => $" = \"{s}\"",
            bool b => b ? " = true" : " = false",
            object v when p.ParameterType.IsEnum => $" = {Enum.GetName(p.ParameterType, v)}",
            object v => " = " + Convert.ToString(v, CultureInfo.InvariantCulture),
        };
        return $"{by}{Annotated(Nullability.Create(p))} {p.Name}{otherwise}";
    }

    private static string Access(MethodBase m) => m.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo m)
        => m.DeclaringType!.IsInterface ? "" : m.IsStatic ? "static " : m.IsAbstract ? "abstract " : m.IsVirtual && !m.IsFinal ? "virtual " : "";

    private static bool IsVisible(MethodBase m) => m.IsPublic || ((m.IsFamily || m.IsFamilyOrAssembly) && !m.DeclaringType!.IsSealed);

    private static bool IsVisible(FieldAttributes access) => access is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsOverride(MethodInfo m) => m.GetBaseDefinition() != m;

    private static string Annotated(NullabilityInfo info)
    {
        Type type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (Nullable.GetUnderlyingType(type) is Type value)
        {
            return Name(value) + "?";
        }

        string name = type.IsArray ? $"{(info.ElementType is { } e ? Annotated(e) : Name(type.GetElementType()!))}[{new string(',', type.GetArrayRank() - 1)}]"
            : type.IsConstructedGenericType && info.GenericTypeArguments.Length > 0 && !type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal)
                ? $"{type.Name.Split('`')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Annotated))}>"
            : Name(type);
        return !type.IsValueType && info.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }

    private static string Name(Type t)
    {
        if (Keywords.TryGetValue(t, out string? keyword))
        {
            return keyword;
        }

        if (t.IsArray)
        {
            return $"{Name(t.GetElementType()!)}[{new string(',', t.GetArrayRank() - 1)}]";
        }

        string[] arguments = [.. t.GetGenericArguments().Select(Name)];
        string own = t.IsNested && !t.IsGenericParameter ? $"{Name(t.DeclaringType!)}.{t.Name}" : t.Name;
        return arguments.Length == 0 ? own
            : own.StartsWith("ValueTuple`", StringComparison.Ordinal) ? $"({string.Join(", ", arguments)})"
            : $"{own.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }
}
