using System.Reflection;
using Bastide.Platform.Db;

namespace Bastide.Testing;

/// <summary>A fresh embedded database with the tables of the platform and of these modules.</summary>
public abstract class SqliteFixture(params Assembly[] modules) : DatabaseFixture(Engine.Sqlite, modules);
